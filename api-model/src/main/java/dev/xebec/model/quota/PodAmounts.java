package dev.xebec.model.quota;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.quantity.Quantity;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a pod asks for at any one time: all containers and sidecars together, or an init container with the sidecars before
 * it, whichever is more; what the pod itself states counts instead.
 *
 * <p>Source: component-helpers {@code resource/helpers.go}, PodRequests and PodLimits.
 */
public final class PodAmounts {
    private PodAmounts() {}

    /** Without the pod's overhead. */
    public static Map<String, Quantity> requests(JsonNode pod) {
        return sum(pod.path("spec"), "requests");
    }

    /** Without the pod's overhead. */
    public static Map<String, Quantity> limits(JsonNode pod) {
        return sum(pod.path("spec"), "limits");
    }

    static Map<String, Quantity> requestsWithOverhead(JsonNode pod) {
        return Amounts.add(requests(pod), Amounts.of(pod.path("spec").path("overhead")));
    }

    /** Overhead adds to limits that there are. */
    static Map<String, Quantity> limitsWithOverhead(JsonNode pod) {
        Map<String, Quantity> limits = limits(pod);
        return Amounts.add(limits, Amounts.only(Amounts.of(pod.path("spec").path("overhead")), limits.keySet()));
    }

    private static Map<String, Quantity> sum(JsonNode spec, String field) {
        Map<String, Quantity> running = new TreeMap<>();
        for (JsonNode container : spec.path("containers")) {
            running = Amounts.add(running, Amounts.of(container.path("resources").path(field)));
        }
        Map<String, Quantity> sidecars = new TreeMap<>();
        Map<String, Quantity> starting = new TreeMap<>();
        for (JsonNode container : spec.path("initContainers")) {
            Map<String, Quantity> own = Amounts.of(container.path("resources").path(field));
            if (container.path("restartPolicy").asText("").equals("Always")) {
                sidecars = Amounts.add(sidecars, own);
                starting = Amounts.max(starting, sidecars);
            } else {
                starting = Amounts.max(starting, Amounts.add(sidecars, own));
            }
        }
        Map<String, Quantity> needed = Amounts.max(Amounts.add(running, sidecars), starting);
        needed.putAll(Amounts.of(spec.path("resources").path(field)));
        return needed;
    }
}
