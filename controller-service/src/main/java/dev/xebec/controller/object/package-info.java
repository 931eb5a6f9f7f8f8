/**
 * What the controllers share: readiness of pods, conditions, ownership of objects, names that follow from their input.
 * Start reading at {@link dev.xebec.controller.object.Claim}.
 *
 * <p>Pure: no I/O, no clock, no logger.
 */
@NullMarked
package dev.xebec.controller.object;

import org.jspecify.annotations.NullMarked;
