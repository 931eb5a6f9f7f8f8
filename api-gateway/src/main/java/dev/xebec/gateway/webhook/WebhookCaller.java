package dev.xebec.gateway.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.webhook.WebhookTransport.Answer;
import dev.xebec.gateway.webhook.WebhookTransport.UnreachableException;
import dev.xebec.model.status.Status;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks one webhook one question and says what came of it; never throws for what the webhook does. */
final class WebhookCaller {
    private static final int BAD_REQUEST = 400;
    private static final int UNAVAILABLE = 503;
    private static final int MIN_SUCCESS = 200;
    private static final int MAX_SUCCESS = 206;
    /** Characters of a foreign body that an error repeats. */
    private static final int MAX_SHOWN = 2_048;

    private final WebhookTransport transport;
    private final Supplier<StoreImage> images;
    private final Supplier<StoreImage> newest;

    WebhookCaller(WebhookTransport transport, Supplier<StoreImage> images, Supplier<StoreImage> newest) {
        this.transport = transport;
        this.images = images;
        this.newest = newest;
    }

    /** @param object and {@code oldObject}: in the version that the invocation names */
    Verdict ask(Invocation invocation, Attributes asked, @Nullable ObjectNode object, @Nullable ObjectNode oldObject,
            boolean mutating) {
        Webhook webhook = invocation.webhook();
        if (asked.dryRun() && !webhook.sideEffectFree()) {
            return new Verdict.Refused(Status
                    .badRequest("admission webhook \"" + webhook.name() + "\" does not support dry run"));
        }
        String version = Review.version(webhook.reviewVersions());
        if (version == null) {
            return new Verdict.Failed("could not create admission objects: webhook does not accept known "
                    + "AdmissionReview versions (v1, v1beta1)", BAD_REQUEST);
        }
        Duration patience = patience(webhook, asked);
        if (patience.isNegative() || patience.isZero()) {
            return new Verdict.Refused(Status.timeout("request did not complete within requested timeout", 0));
        }
        String uid = UUID.randomUUID().toString();
        Bytes question = Review.question(version, uid, invocation, asked, object, oldObject);
        long seconds = Math.max(1, (patience.toMillis() + 999) / 1_000);
        try {
            Answer answer = transport.post(destination(webhook.endpoint(), seconds), question,
                    patience);
            return answer.code() < MIN_SUCCESS || answer.code() > MAX_SUCCESS
                    ? refused(answer)
                    : Response.read(webhook.name(), version, uid, answer.body(), mutating);
        } catch (UnreachableException unreachable) {
            return new Verdict.Failed("failed to call webhook: Post \"" + webhook.endpoint().url(seconds) + "\": "
                    + unreachable.getMessage(), UNAVAILABLE);
        }
    }

    /** What this gateway does not know yet the newest state may have. */
    private WebhookTransport.Destination destination(Endpoint endpoint, long seconds) throws UnreachableException {
        try {
            return ServiceBackends.find(endpoint, images.get(), seconds);
        } catch (UnreachableException doubtful) {
            return ServiceBackends.find(endpoint, newest.get(), seconds);
        }
    }

    /** The webhook's own limit, or what is left of the request's time. */
    private static Duration patience(Webhook webhook, Attributes asked) {
        Duration left = Duration.ofNanos(asked.deadlineNanos() - System.nanoTime());
        return left.compareTo(webhook.timeout()) < 0 ? left : webhook.timeout();
    }

    /** Source: apimachinery {@code pkg/api/errors/errors.go}, NewGenericServerResponse. */
    static String why(Answer answer) {
        int code = answer.code();
        return switch (code) {
            case 400 -> "the server rejected our request for an unknown reason";
            case 401 -> "the server has asked for the client to provide credentials";
            case 403 -> "the server does not allow access to the requested resource";
            case 404 -> "the server could not find the requested resource";
            case 405 -> "the server does not allow this method on the requested resource";
            case 409 -> "the server reported a conflict";
            case 413 -> "the request is too large";
            case 415 -> "the server was unable to respond with a content type that the client supports";
            case 422 -> "the server rejected our request due to an error in our request";
            case 429 -> "the server has received too many requests and has asked us to try again later";
            case 503 -> "the server is currently unable to handle the request";
            case 504 ->
                "the server was unable to return a response in the time allotted, but may still be processing the request";
            default -> code >= 500
                    ? "an error on the server (\"" + shown(answer.body())
                            + "\") has prevented the request from succeeding"
                    : "the server responded with the status code " + code + " but did not return more information";
        };
    }

    private static Verdict refused(Answer answer) {
        return new Verdict.Failed("failed to call webhook: " + why(answer), answer.code());
    }

    private static String shown(Bytes body) {
        String text = body.utf8().strip().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        return text.isEmpty() ? "unknown" : text.substring(0, Math.min(MAX_SHOWN, text.length()));
    }
}
