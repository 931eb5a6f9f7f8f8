package dev.xebec.server.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.quantity.Quantity;
import java.util.HashMap;
import java.util.Map;

/**
 * What a pod asks of its node: the containers with those init containers that run beside them, or what an init container
 * needs before that, where it is more; and the overhead. Source: Kubernetes, resource sharing within containers.
 */
final class PodRequest {
    private PodRequest() {}

    /** By resource, such as {@code cpu}. */
    static Map<String, Quantity> of(JsonNode spec) {
        Map<String, Quantity> beside = new HashMap<>();
        Map<String, Quantity> most = new HashMap<>();
        for (JsonNode container : spec.path("initContainers")) {
            Map<String, Quantity> now = new HashMap<>(beside);
            add(now, container.path("resources").path("requests"));
            now.forEach((what, amount) -> most.merge(what, amount, PodRequest::greater));
            if (container.path("restartPolicy").asText("").equals("Always")) {
                beside = now;
            }
        }
        for (JsonNode container : spec.path("containers")) {
            add(beside, container.path("resources").path("requests"));
        }
        beside.forEach((what, amount) -> most.merge(what, amount, PodRequest::greater));
        add(most, spec.path("overhead"));
        return most;
    }

    private static void add(Map<String, Quantity> sums, JsonNode amounts) {
        amounts.properties().forEach(
                amount -> sums.merge(amount.getKey(), Quantity.of(amount.getValue()), Quantity::add));
    }

    private static Quantity greater(Quantity one, Quantity other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
