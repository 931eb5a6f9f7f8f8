/** What clients did and saw, and the checkers of it, for simulated and real clusters. Start reading at {@code History}. */
@NullMarked
package dev.xebec.simulator.history;

import org.jspecify.annotations.NullMarked;
