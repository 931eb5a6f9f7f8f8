/** The replicated store's twin: the production state machine under an agreement that misbehaves as far as the contract lets. Start reading at {@code SimulatedStateGroup}. */
@NullMarked
package dev.xebec.simulator.state;

import org.jspecify.annotations.NullMarked;
