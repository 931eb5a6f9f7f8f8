/**
 * What the server says of itself: which kinds it serves, how they look, its version, health and metrics. Start
 * reading at {@link dev.xebec.gateway.discovery.ServerPaths}.
 */
@NullMarked
package dev.xebec.gateway.discovery;

import org.jspecify.annotations.NullMarked;
