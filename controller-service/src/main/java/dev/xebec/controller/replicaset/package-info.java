/**
 * Keeps as many pods as a ReplicaSet asks for. Start reading at
 * {@link dev.xebec.controller.replicaset.ReplicaSetReconciler}.
 *
 * <p>Pure: no I/O, no clock, no logger.
 */
@NullMarked
package dev.xebec.controller.replicaset;

import org.jspecify.annotations.NullMarked;
