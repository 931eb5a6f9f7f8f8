/**
 * Questions about who somebody is and what he may do: posted, answered, never stored. Start reading at
 * {@link dev.xebec.gateway.access.AccessReviews}.
 */
@NullMarked
package dev.xebec.gateway.access;

import org.jspecify.annotations.NullMarked;
