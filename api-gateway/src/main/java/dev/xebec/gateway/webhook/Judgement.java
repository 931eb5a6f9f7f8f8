package dev.xebec.gateway.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What follows from a webhook's verdict: the write goes on, perhaps with a patch, or is refused. */
final class Judgement {
    private static final Logger LOG = LoggerFactory.getLogger(Judgement.class);
    private static final int OK = 200;

    private final WebhookMetrics metrics;

    Judgement(WebhookMetrics metrics) {
        this.metrics = metrics;
    }

    /** The patch to apply, null for none. @param startNanos when the webhook began to be asked */
    @Nullable
    JsonNode of(Webhook webhook, Attributes asked, Verdict verdict, long startNanos, Consumer<String> warn) {
        long nanos = System.nanoTime() - startNanos;
        Operation operation = asked.operation();
        return switch (verdict) {
            case Verdict.Allowed allowed -> {
                metrics.asked(webhook, operation, nanos, false, OK);
                allowed.warnings().forEach(warn);
                yield allowed.patch();
            }
            case Verdict.Denied denied -> {
                metrics.asked(webhook, operation, nanos, true, denied.status().code());
                metrics.rejected(webhook, operation, "no_error", denied.status().code());
                denied.warnings().forEach(warn);
                throw new RejectedException(denied.status());
            }
            case Verdict.Refused refused -> {
                metrics.asked(webhook, operation, nanos, true, 0);
                metrics.rejected(webhook, operation, "apiserver_internal_error", 0);
                throw new RejectedException(refused.status());
            }
            case Verdict.Failed failed -> {
                metrics.asked(webhook, operation, nanos, !webhook.ignoresFailure(), failed.code());
                yield failed(webhook, asked, failed);
            }
        };
    }

    private @Nullable JsonNode failed(Webhook webhook, Attributes asked, Verdict.Failed failed) {
        String message = "failed calling webhook \"" + webhook.name() + "\": " + failed.reason();
        if (!webhook.ignoresFailure()) {
            LOG.warn("failing closed: {}", message);
            metrics.rejected(webhook, asked.operation(), "calling_webhook_error", failed.code());
            throw new RejectedException(internalError(message));
        }
        LOG.warn("failing open: {}", message);
        metrics.failedOpen(webhook);
        if (asked.deadlineNanos() - System.nanoTime() <= 0) {
            throw new RejectedException(Status.timeout("request did not complete within requested timeout", 0));
        }
        return null;
    }

    /** Source: apimachinery {@code pkg/api/errors/errors.go}, NewInternalError. */
    static Status internalError(String message) {
        return Status.internalError(message).cause("", message, "");
    }
}
