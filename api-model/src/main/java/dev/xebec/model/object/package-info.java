/**
 * An API object as a JSON tree with typed access to its metadata. Start reading at {@link dev.xebec.model.object.ApiObject}.
 *
 * <p>Uses Jackson trees only; no I/O, no clock.
 */
@NullMarked
package dev.xebec.model.object;

import org.jspecify.annotations.NullMarked;
