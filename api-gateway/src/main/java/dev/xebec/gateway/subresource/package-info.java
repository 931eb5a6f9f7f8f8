/**
 * Subresources that are more than a part of their object: scale, eviction, and what is refused on purpose. Start
 * reading at {@link dev.xebec.gateway.subresource.Subresources}.
 */
@NullMarked
package dev.xebec.gateway.subresource;

import org.jspecify.annotations.NullMarked;
