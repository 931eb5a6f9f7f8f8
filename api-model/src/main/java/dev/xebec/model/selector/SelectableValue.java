package dev.xebec.model.selector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads selectable fields. A few are not plain paths, and some have a value where the object has none.
 *
 * <p>Source: the {@code ToSelectableFields} and {@code GetAttrs} functions of Kubernetes' registries.
 */
final class SelectableValue {
    /** What a field reads as when it is absent. */
    private static final Map<String, String> WHEN_ABSENT = Map.of("spec.unschedulable", "false", "spec.hostNetwork",
            "false", "status.replicas", "0", "status.successful", "0");
    private static final String INVOLVED = "involvedObject.";

    private SelectableValue() {}

    static String of(ObjectNode object, String field) {
        String value = switch (field) {
            case "status.podIP" -> first(text(object, field), text(object.path("status").path("podIPs").path(0), "ip"));
            case "status.podIPs" -> podIps(object);
            case "status.successful" -> text(object, "status.succeeded");
            case "source" -> first(text(object, "source.component"), text(object, "deprecatedSource.component"),
                    reportingController(object));
            case "reportingComponent" -> reportingController(object);
            default -> field.startsWith(INVOLVED)
                    ? first(text(object, field), text(object, "regarding." + field.substring(INVOLVED.length())))
                    : text(object, field);
        };
        return value.isEmpty() ? WHEN_ABSENT.getOrDefault(field, "") : value;
    }

    /** Core events call it reportingComponent, events.k8s.io reportingController. */
    private static String reportingController(ObjectNode event) {
        return first(text(event, "reportingComponent"), text(event, "reportingController"));
    }

    private static String podIps(ObjectNode pod) {
        List<String> ips = new ArrayList<>();
        pod.path("status").path("podIPs").forEach(entry -> ips.add(entry.path("ip").asText("")));
        return ips.isEmpty() ? text(pod, "status.podIP") : String.join(",", ips);
    }

    private static String first(String... values) {
        for (String value : values) {
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }

    private static String text(JsonNode node, String path) {
        JsonNode at = node;
        int start = 0;
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', start)) {
            at = at.path(path.substring(start, dot));
            start = dot + 1;
        }
        at = at.path(path.substring(start));
        return at.isValueNode() && !at.isNull() ? at.asText() : "";
    }
}
