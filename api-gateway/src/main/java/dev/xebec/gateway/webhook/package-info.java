/**
 * Admission webhooks: which are to be asked about a write, the question, and what follows from the answer. Start reading at
 * {@link dev.xebec.gateway.webhook.Webhooks}. Knows the cache and nothing of how objects are written.
 */
@NullMarked
package dev.xebec.gateway.webhook;

import org.jspecify.annotations.NullMarked;
