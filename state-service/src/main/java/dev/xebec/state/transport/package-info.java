/**
 * What replicas say to each other, over TLS connections on which both sides show a member's certificate. Start reading at
 * {@link dev.xebec.state.transport.PeerRpc}, which is Ratis' way in; what travels is opaque to everything below it.
 */
@NullMarked
package dev.xebec.state.transport;

import org.jspecify.annotations.NullMarked;
