/**
 * What the server itself does to an object of a kind on its way into the store. Start reading at
 * {@link dev.xebec.model.strategy.Strategy}.
 */
@NullMarked
package dev.xebec.model.strategy;

import org.jspecify.annotations.NullMarked;
