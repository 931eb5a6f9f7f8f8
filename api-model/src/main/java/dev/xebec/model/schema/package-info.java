/**
 * Structural schemas: what fields an object may have and what they hold. Start reading at
 * {@link dev.xebec.model.schema.Schema}.
 */
@NullMarked
package dev.xebec.model.schema;

import org.jspecify.annotations.NullMarked;
