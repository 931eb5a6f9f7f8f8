/**
 * The kinds that are served now: the built-in ones, and those that CustomResourceDefinitions in the watch cache define. Start
 * reading at {@link dev.xebec.gateway.kinds.ServedKinds}. May use the cache, and nothing else of the gateway.
 */
@NullMarked
package dev.xebec.gateway.kinds;

import org.jspecify.annotations.NullMarked;
