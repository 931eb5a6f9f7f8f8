/**
 * The state service over the bus: the client that every service uses, and the endpoint in front of each replica. Start
 * reading at {@link dev.xebec.kit.state.StateClient}.
 */
@NullMarked
package dev.xebec.kit.state;

import org.jspecify.annotations.NullMarked;
