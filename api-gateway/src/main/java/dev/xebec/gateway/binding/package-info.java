/**
 * Pods get their nodes: one by one as Kubernetes has it, or many at once over the bus. A node's allocation version is part
 * of every bind's condition, so that no two schedulers give the same room away. Start reading at
 * {@link dev.xebec.gateway.binding.Binder}.
 */
@NullMarked
package dev.xebec.gateway.binding;

import org.jspecify.annotations.NullMarked;
