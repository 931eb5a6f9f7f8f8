/**
 * Objects as they are written: decide from the present state, write on the condition that it still is the present state,
 * decide again where it is not. Start reading at {@link dev.xebec.gateway.registry.ObjectRegistry}.
 */
@NullMarked
package dev.xebec.gateway.registry;

import org.jspecify.annotations.NullMarked;
