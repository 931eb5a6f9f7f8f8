/**
 * A real cluster under real faults: processes that are killed and paused, networks that are cut and slow, disks that are
 * full and slow, clocks that jump. Start reading at {@link dev.xebec.system.fault.FaultRun}; {@code docs/faults.md} says
 * how to run it.
 */
@NullMarked
package dev.xebec.system.fault;

import org.jspecify.annotations.NullMarked;
