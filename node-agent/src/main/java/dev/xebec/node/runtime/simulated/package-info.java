/**
 * Containers that only pass the time: thousands in one process, for scale. Start reading at
 * {@link dev.xebec.node.runtime.simulated.SimulatedRuntime}.
 */
@NullMarked
package dev.xebec.node.runtime.simulated;

import org.jspecify.annotations.NullMarked;
