/**
 * The HTTPS door: sockets, TLS, bodies, streams. Start reading at {@link dev.xebec.gateway.http.HttpDoor}.
 */
@NullMarked
package dev.xebec.gateway.http;

import org.jspecify.annotations.NullMarked;
