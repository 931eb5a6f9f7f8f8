package dev.xebec.controller.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.ApiObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long a pod bears a taint. Source: core/v1 Toleration, k/k {@code DefaultTolerationSeconds} admission. */
final class Tolerations {
    private Tolerations() {}

    /** Null for ever; zero for not at all. The shortest of the tolerations that match. */
    static @Nullable Duration of(ApiObject pod, JsonNode taint, Duration forLostNodes) {
        boolean tolerated = false;
        Duration shortest = null;
        for (JsonNode toleration : pod.spec().path("tolerations")) {
            if (matches(toleration, taint)) {
                tolerated = true;
                JsonNode seconds = toleration.path("tolerationSeconds");
                if (seconds.isNumber()) {
                    Duration limit = Duration.ofSeconds(Math.max(0, seconds.asLong()));
                    shortest = shortest == null || limit.compareTo(shortest) < 0 ? limit : shortest;
                }
            }
        }
        if (tolerated) {
            return shortest;
        }
        String key = taint.path("key").asText();
        boolean lostNode = key.equals(Taints.NOT_READY) || key.equals(Taints.UNREACHABLE);
        return lostNode ? forLostNodes : Duration.ZERO;
    }

    private static boolean matches(JsonNode toleration, JsonNode taint) {
        String effect = toleration.path("effect").asText("");
        String key = toleration.path("key").asText("");
        if (!effect.isEmpty() && !effect.equals(taint.path("effect").asText())
                || !key.isEmpty() && !key.equals(taint.path("key").asText())) {
            return false;
        }
        if (toleration.path("operator").asText("Equal").equals("Exists")) {
            return true;
        }
        return !key.isEmpty() && toleration.path("value").asText("").equals(taint.path("value").asText(""));
    }
}
