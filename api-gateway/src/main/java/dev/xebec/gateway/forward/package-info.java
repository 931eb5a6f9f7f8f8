/**
 * Port-forward, in its three forms: SPDY, SPDY within WebSocket messages, and WebSocket channels. Start reading at
 * {@link dev.xebec.gateway.forward.ForwardHandler}.
 */
@NullMarked
package dev.xebec.gateway.forward;

import org.jspecify.annotations.NullMarked;
