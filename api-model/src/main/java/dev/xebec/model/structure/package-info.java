/**
 * How Go's structures show in JSON: what is always there and what is never. Start reading at
 * {@link dev.xebec.model.structure.WrittenForm}. Pure; uses schemas alone.
 */
@NullMarked
package dev.xebec.model.structure;

import org.jspecify.annotations.NullMarked;
