/**
 * The store's replicas, seen and changed by administrators. Start reading at {@link dev.xebec.gateway.replicas.ReplicasPath}.
 */
@NullMarked
package dev.xebec.gateway.replicas;

import org.jspecify.annotations.NullMarked;
