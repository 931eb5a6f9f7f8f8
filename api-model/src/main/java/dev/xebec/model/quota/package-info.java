/**
 * What objects use of a namespace's ResourceQuotas. Pure; the gateway charges by it and the controllers count by it. Start
 * reading at {@link dev.xebec.model.quota.Evaluator}.
 */
@NullMarked
package dev.xebec.model.quota;

import org.jspecify.annotations.NullMarked;
