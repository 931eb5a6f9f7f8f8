/**
 * The verbs that write. Start reading at {@link dev.xebec.gateway.write.CreateVerb} and
 * {@link dev.xebec.gateway.write.UpdateRules}, which says what of an incoming object counts.
 */
@NullMarked
package dev.xebec.gateway.write;

import org.jspecify.annotations.NullMarked;
