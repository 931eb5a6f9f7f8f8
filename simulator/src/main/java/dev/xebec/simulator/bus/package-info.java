/** A bus that loses, doubles, delays, reorders and partitions. Start reading at {@code SimulatedNetwork}. */
@NullMarked
package dev.xebec.simulator.bus;

import org.jspecify.annotations.NullMarked;
