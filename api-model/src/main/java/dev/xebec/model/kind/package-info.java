/**
 * Kinds as data: what the engine knows of a kind. Start reading at {@link dev.xebec.model.kind.Kind} and
 * {@link dev.xebec.model.kind.KindRegistry}.
 */
@NullMarked
package dev.xebec.model.kind;

import org.jspecify.annotations.NullMarked;
