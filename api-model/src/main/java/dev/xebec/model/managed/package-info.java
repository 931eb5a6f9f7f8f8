/**
 * Who set which field: field sets, managed fields and server-side apply. Start reading at
 * {@link dev.xebec.model.managed.Ownership}. Pure: time comes in as an argument.
 */
@NullMarked
package dev.xebec.model.managed;

import org.jspecify.annotations.NullMarked;
