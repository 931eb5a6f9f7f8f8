/** The simulated cluster: its processes, its users, its faults. Start reading at {@code World}. */
@NullMarked
package dev.xebec.simulator.world;

import org.jspecify.annotations.NullMarked;
