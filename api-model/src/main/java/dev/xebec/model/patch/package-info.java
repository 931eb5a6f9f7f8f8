/**
 * The three kinds of client-side patch. Start reading at {@link dev.xebec.model.patch.Patches}.
 */
@NullMarked
package dev.xebec.model.patch;

import org.jspecify.annotations.NullMarked;
