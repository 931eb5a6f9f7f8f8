/**
 * What a namespace's LimitRanges do to pods and claims: defaults for what they leave out, bounds for what they ask. Pure.
 * Start reading at {@link dev.xebec.gateway.limits.LimitRanger}.
 */
@NullMarked
package dev.xebec.gateway.limits;

import org.jspecify.annotations.NullMarked;
