package dev.xebec.node.pod;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A pod's quality of service by its requests and limits. Source: Kubernetes {@code pkg/apis/core/v1/helper/qos}. */
final class QosClass {
    private static final List<String> COUNTED = List.of("cpu", "memory");

    private QosClass() {}

    static String of(PodDefinition pod) {
        boolean any = false;
        boolean guaranteed = true;
        for (ContainerDefinition container : pod.all()) {
            JsonNode limits = container.tree().path("resources").path("limits");
            JsonNode requests = container.tree().path("resources").path("requests");
            for (String resource : COUNTED) {
                any |= limits.has(resource) || requests.has(resource);
                boolean equal = !requests.has(resource)
                        || requests.path(resource).asText().equals(limits.path(resource).asText());
                guaranteed &= limits.has(resource) && equal;
            }
        }
        return !any ? "BestEffort" : guaranteed ? "Guaranteed" : "Burstable";
    }
}
