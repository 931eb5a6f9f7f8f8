/**
 * The way to the nodes' agents, over the bus. A gateway never dials an address of a pod or of a node: which machine can reach
 * it is known to the pod's agent alone. Start reading at {@link dev.xebec.gateway.node.Nodes}.
 */
@NullMarked
package dev.xebec.gateway.node;

import org.jspecify.annotations.NullMarked;
