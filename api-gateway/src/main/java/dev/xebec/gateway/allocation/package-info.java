/**
 * What says how often a node has been given pods, so that no two schedulers give the same room away. Start reading at
 * {@link dev.xebec.gateway.allocation.NodeAllocations}.
 */
@NullMarked
package dev.xebec.gateway.allocation;

import org.jspecify.annotations.NullMarked;
