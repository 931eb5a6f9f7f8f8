/**
 * SPDY/3.1 as old Kubernetes clients speak it, over any connection of bytes: framing by Netty, streams for virtual threads.
 * There are no flow-control windows, because the clients' side (moby/spdystream) neither sends nor keeps to any: a reader
 * that falls behind stops the connection from being read. Start reading at {@link dev.xebec.gateway.spdy.SpdySession}.
 */
@NullMarked
package dev.xebec.gateway.spdy;

import org.jspecify.annotations.NullMarked;
