/**
 * What an object has to be to be accepted. Start reading at {@link dev.xebec.model.validation.Validation} for its
 * meaning and at {@link dev.xebec.model.validation.Shape} for its structure.
 */
@NullMarked
package dev.xebec.model.validation;

import org.jspecify.annotations.NullMarked;
