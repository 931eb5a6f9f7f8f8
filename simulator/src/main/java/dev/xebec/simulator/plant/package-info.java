/** Bugs planted on purpose, to show that the simulator finds them. */
@NullMarked
package dev.xebec.simulator.plant;

import org.jspecify.annotations.NullMarked;
