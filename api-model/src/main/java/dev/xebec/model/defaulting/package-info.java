/**
 * The values of fields that were left out. Start reading at {@link dev.xebec.model.defaulting.Defaulting}.
 */
@NullMarked
package dev.xebec.model.defaulting;

import org.jspecify.annotations.NullMarked;
