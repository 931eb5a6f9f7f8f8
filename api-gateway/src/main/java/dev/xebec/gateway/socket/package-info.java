/**
 * Channels within the messages of a WebSocket, as Kubernetes' {@code channel.k8s.io} protocols have them. Start reading at
 * {@link dev.xebec.gateway.socket.ChannelSocket}.
 */
@NullMarked
package dev.xebec.gateway.socket;

import org.jspecify.annotations.NullMarked;
