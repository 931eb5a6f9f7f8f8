/**
 * Charges ResourceQuotas for what is stored, in the transaction that stores it. Start reading at
 * {@link dev.xebec.gateway.quota.QuotaLedger}.
 */
@NullMarked
package dev.xebec.gateway.quota;

import org.jspecify.annotations.NullMarked;
