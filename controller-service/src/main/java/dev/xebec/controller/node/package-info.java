/**
 * Watches over nodes: notices the lost ones, taints them, and has their pods moved. Start reading at
 * {@link dev.xebec.controller.node.NodeLifecycleReconciler}.
 *
 * <p>Pure: no I/O, no clock, no logger.
 */
@NullMarked
package dev.xebec.controller.node;

import org.jspecify.annotations.NullMarked;
