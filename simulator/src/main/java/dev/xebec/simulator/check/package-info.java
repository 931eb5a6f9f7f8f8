/** What has to hold: invariants that are looked at after each committed change, and when everything has settled. Start reading at {@code Invariant}. */
@NullMarked
package dev.xebec.simulator.check;

import org.jspecify.annotations.NullMarked;
