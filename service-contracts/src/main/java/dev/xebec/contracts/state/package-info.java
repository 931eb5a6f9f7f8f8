/**
 * The revisioned store: keys, guarded transactions, ranges, change streams. Start reading at
 * {@link dev.xebec.contracts.state.StateStore}. The model is that of etcd v3.
 */
@NullMarked
package dev.xebec.contracts.state;

import org.jspecify.annotations.NullMarked;
