package dev.xebec.gateway.webhook;

import dev.xebec.kit.metrics.Metrics;

/**
 * What webhooks cost and refuse, under upstream's names. Webhooks are named by who may configure them, so labels stay few.
 *
 * <p>Source: apiserver {@code pkg/admission/metrics/metrics.go}.
 */
final class WebhookMetrics {
    private static final double[] SECONDS = {0.005, 0.025, 0.1, 0.5, 1.0, 2.5, 10.0, 25.0};
    private static final int MAX_CODE = 600;

    private final Metrics metrics;
    private final String type;

    /** @param type {@code admit} or {@code validating} */
    WebhookMetrics(Metrics metrics, String type) {
        this.metrics = metrics;
        this.type = type;
    }

    void asked(Webhook webhook, Operation operation, long nanos, boolean rejected, int code) {
        metrics.histogram("apiserver_admission_webhook_admission_duration_seconds",
                "How long webhooks took, by name, operation and type.", SECONDS, "name", webhook.name(), "operation",
                operation.name(), "rejected", Boolean.toString(rejected), "type", type).observe(nanos / 1e9);
        metrics.counter("apiserver_admission_webhook_request_total", "Questions to webhooks.", "code", code(code),
                "name", webhook.name(), "operation", operation.name(), "rejected", Boolean.toString(rejected), "type",
                type).increment();
    }

    /** @param error {@code calling_webhook_error}, {@code apiserver_internal_error} or {@code no_error} */
    void rejected(Webhook webhook, Operation operation, String error, int code) {
        metrics.counter("apiserver_admission_webhook_rejection_count", "Writes that webhooks stopped.", "error_type",
                error, "name", webhook.name(), "operation", operation.name(), "rejection_code", code(code), "type",
                type).increment();
    }

    void failedOpen(Webhook webhook) {
        metrics.counter("apiserver_admission_webhook_fail_open_count", "Writes that went on without their webhook.",
                "name", webhook.name(), "type", type).increment();
    }

    private static String code(int code) {
        return Integer.toString(Math.min(MAX_CODE, code));
    }
}
