/**
 * One replica's copy of the state around the pure machine: readers that wait for a revision, change streams, sweeping,
 * and the leader's housekeeping. Start reading at {@link dev.xebec.state.replica.Replica}.
 */
@NullMarked
package dev.xebec.state.replica;

import org.jspecify.annotations.NullMarked;
