/**
 * Counts what namespaces use of their quotas, from scratch. Start reading at
 * {@link dev.xebec.controller.quota.ResourceQuotaReconciler}.
 */
@NullMarked
package dev.xebec.controller.quota;

import org.jspecify.annotations.NullMarked;
