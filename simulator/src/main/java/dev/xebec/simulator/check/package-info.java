/**
 * What has to hold: invariants that are looked at after each committed change, and when everything has settled. Start reading
 * at {@link dev.xebec.simulator.check.Invariants}. Deterministic, in one thread: no clock, no chance, no I/O.
 */
@NullMarked
package dev.xebec.simulator.check;

import org.jspecify.annotations.NullMarked;
