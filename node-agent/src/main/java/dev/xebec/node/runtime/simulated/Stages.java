package dev.xebec.node.runtime.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.ApiObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A simulated container's life, as data.
 *
 * @param readyAfter from its start until its probes succeed
 * @param exitAfter from its start until it ends by itself; null for never
 * @param exitCode with which it ends by itself
 */
public record Stages(Duration readyAfter, @Nullable Duration exitAfter, int exitCode) {
    /** Runs at once and for ever. */
    public static final Stages LASTING = new Stages(Duration.ZERO, null, 0);

    private static final String PREFIX = "simulation.xebec.dev/";

    /**
     * Read from a pod's annotations {@code simulation.xebec.dev/ready-after}, {@code exit-after} (milliseconds) and
     * {@code exit-code}; what is not there or no number is as in {@code otherwise}.
     */
    public static Stages of(ApiObject pod, Stages otherwise) {
        JsonNode annotations = pod.metadata().path("annotations");
        long ready = number(annotations, "ready-after", otherwise.readyAfter().toMillis());
        Duration exitAfter = otherwise.exitAfter();
        long exit = number(annotations, "exit-after", exitAfter == null ? -1 : exitAfter.toMillis());
        return new Stages(Duration.ofMillis(ready), exit < 0 ? null : Duration.ofMillis(exit),
                (int) number(annotations, "exit-code", otherwise.exitCode()));
    }

    private static long number(JsonNode annotations, String name, long otherwise) {
        String text = annotations.path(PREFIX + name).asText("");
        return text.matches("\\d{1,12}") ? Long.parseLong(text) : otherwise;
    }
}
