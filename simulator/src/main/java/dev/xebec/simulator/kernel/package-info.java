/** Threads, time and chance of a simulated run: the JVM's own virtual threads, run one at a time in an order that a seed decides, in virtual time. Start reading at {@code Simulation}. */
@NullMarked
package dev.xebec.simulator.kernel;

import org.jspecify.annotations.NullMarked;
