package dev.xebec.gateway.conversion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.conversion.ConversionReview.Unusable;
import dev.xebec.model.custom.CustomType;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Has custom objects converted by the webhook that their definition names. */
public final class WebhookConverter implements Converter {
    /** Source: apiserver {@code pkg/util/webhook}, the time that a conversion webhook has. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Transport transport;

    public WebhookConverter(Transport transport) {
        this.transport = transport;
    }

    /** The way to a webhook; blocks. */
    @FunctionalInterface
    public interface Transport {

        /** The body of an answer that says success. @param clientConfig where it is, as definitions have it */
        Bytes post(JsonNode clientConfig, Bytes body, Duration patience) throws FailedException;
    }

    /** There was no answer, or one of failure. */
    public static final class FailedException extends Exception {
        private static final long serialVersionUID = 1;

        public FailedException(String message) {
            super(message);
        }
    }

    @Override
    public List<ObjectNode> convert(Kind kind, List<ObjectNode> objects, String apiVersion) {
        CustomType custom = kind.custom();
        if (custom == null) {
            throw new IllegalArgumentException(kind.name() + " is not custom");
        }
        JsonNode webhook = custom.conversion().path("webhook");
        String uid = UUID.randomUUID().toString();
        String from = objects.get(0).path("apiVersion").asText("") + ", Kind=" + kind.name().kind();
        try {
            String version = ConversionReview.version(webhook.path("conversionReviewVersions"));
            Bytes answer = transport.post(webhook.path("clientConfig"),
                    ConversionReview.question(version, uid, apiVersion, objects), PATIENCE);
            return ConversionReview.answer(version, uid, apiVersion, objects, answer);
        } catch (FailedException failed) {
            throw refused("conversion webhook for " + from + " failed: " + failed.getMessage());
        } catch (Unusable unusable) {
            String why = String.valueOf(unusable.getMessage());
            throw refused("conversion webhook for " + from + (why.startsWith("returned") ? " " : " failed: ") + why);
        }
    }

    /** As the real server has it: a failure that is nobody's in particular. */
    private static RejectedException refused(String message) {
        return new RejectedException(new Status(500, "", message, "", "", "", "", List.of(), 0));
    }
}
