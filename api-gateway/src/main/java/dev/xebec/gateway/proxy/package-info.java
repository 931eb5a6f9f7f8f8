/**
 * The proxy subresources of pods, services and nodes. Start reading at {@link dev.xebec.gateway.proxy.ProxyHandler}.
 */
@NullMarked
package dev.xebec.gateway.proxy;

import org.jspecify.annotations.NullMarked;
