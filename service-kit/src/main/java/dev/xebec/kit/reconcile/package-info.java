/**
 * Reconcilers and the one loop that runs them. Start reading at {@link dev.xebec.kit.reconcile.Reconciler}.
 */
@NullMarked
package dev.xebec.kit.reconcile;

import org.jspecify.annotations.NullMarked;
