/**
 * Amounts of resources. Start reading at {@link dev.xebec.model.quantity.Quantity}.
 */
@NullMarked
package dev.xebec.model.quantity;

import org.jspecify.annotations.NullMarked;
