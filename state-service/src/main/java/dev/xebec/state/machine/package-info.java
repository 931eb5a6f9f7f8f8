/**
 * The replicated state machine, pure: (state, entry) → (state, results, changes), with no clock, no random source and no
 * thread of its own. Start reading at {@link dev.xebec.state.machine.StateMachine}; it stands on any
 * {@link dev.xebec.state.machine.Storage} of ordered bytes.
 */
@NullMarked
package dev.xebec.state.machine;

import org.jspecify.annotations.NullMarked;
