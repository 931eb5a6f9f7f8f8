/**
 * Logs, exec and attach: from a client's HTTP or WebSocket to the agent of the pod's node, over the bus. Start
 * reading at {@link dev.xebec.gateway.stream.ContainerStreams}.
 */
@NullMarked
package dev.xebec.gateway.stream;

import org.jspecify.annotations.NullMarked;
