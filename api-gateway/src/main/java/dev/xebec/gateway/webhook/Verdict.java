package dev.xebec.gateway.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.status.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What asking a webhook has come to. */
sealed interface Verdict {

    /** @param patch a JSON patch with one operation at least; null for none. {@code code} counts in metrics */
    record Allowed(@Nullable JsonNode patch, List<String> warnings) implements Verdict {}

    /** The webhook has said no. */
    record Denied(Status status, List<String> warnings) implements Verdict {}

    /**
     * The webhook could not be asked, or its answer is none.
     *
     * @param reason in words that follow {@code failed calling webhook "x": }
     * @param code as if the webhook had answered so
     */
    record Failed(String reason, int code) implements Verdict {}

    /** It may not be asked at all. */
    record Refused(Status status) implements Verdict {}
}
