package dev.xebec.model.conversion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Autoscalers: v1 knows the cpu's utilization alone and carries all else in annotations.
 *
 * <p>Source: {@code pkg/apis/autoscaling/v1/conversion.go} and {@code annotations.go} of Kubernetes.
 */
final class AutoscalerConversion {
    static final String PREFIX = "autoscaling.alpha.kubernetes.io/";
    private static final String METRICS = PREFIX + "metrics";
    private static final String STATUSES = PREFIX + "current-metrics";
    private static final String CONDITIONS = PREFIX + "conditions";
    private static final String BEHAVIOR = PREFIX + "behavior";
    private static final List<String> CARRIED = List.of(METRICS, STATUSES, CONDITIONS, BEHAVIOR);
    private static final int DEFAULT_UTILIZATION = 80;

    private AutoscalerConversion() {}

    static void toV1(ObjectNode scaler) {
        ObjectNode carried = Json.object();
        if (scaler.get("spec") instanceof ObjectNode spec) {
            JsonNode utilization = null;
            ArrayNode others = Json.object().arrayNode();
            JsonNode metrics = spec.path("metrics");
            for (JsonNode metric : metrics) {
                JsonNode percent = metric.path("resource").path("target").get("averageUtilization");
                if (isCpu(metric) && percent != null) {
                    utilization = utilization == null ? percent : utilization;
                } else {
                    others.add(OldMetrics.ofSpec(metric));
                }
            }
            spec.remove("metrics");
            if (utilization != null) {
                spec.set("targetCPUUtilizationPercentage", utilization);
            }
            carry(carried, METRICS, others);
            if (spec.remove("behavior") instanceof ObjectNode behavior) {
                carried.put(BEHAVIOR, text(OldMetrics.capitalized(behavior)));
            }
        }
        if (scaler.get("status") instanceof ObjectNode status) {
            ArrayNode statuses = Json.object().arrayNode();
            for (JsonNode metric : status.path("currentMetrics")) {
                statuses.add(OldMetrics.ofStatus(metric));
                JsonNode percent = metric.path("resource").path("current").get("averageUtilization");
                if (isCpu(metric) && percent != null) {
                    status.set("currentCPUUtilizationPercentage", percent);
                }
            }
            status.remove("currentMetrics");
            carry(carried, STATUSES, statuses);
            JsonNode conditions = status.remove("conditions");
            if (conditions instanceof ArrayNode list) {
                carry(carried, CONDITIONS, list);
            }
        }
        if (scaler.path("metadata") instanceof ObjectNode metadata) {
            drop(metadata);
            if (!carried.isEmpty()) {
                ObjectNode annotations = metadata.get("annotations") instanceof ObjectNode given
                        ? given
                        : metadata.putObject("annotations");
                annotations.setAll(carried);
            }
        }
    }

    private static boolean isCpu(JsonNode metric) {
        return metric.path("type").asText("").equals("Resource")
                && metric.path("resource").path("name").asText("").equals("cpu");
    }

    private static void carry(ObjectNode carried, String annotation, ArrayNode list) {
        if (!list.isEmpty()) {
            carried.put(annotation, text(list));
        }
    }

    private static String text(JsonNode json) {
        return new String(Json.bytes(json), StandardCharsets.UTF_8);
    }

    private static void drop(ObjectNode metadata) {
        if (metadata.get("annotations") instanceof ObjectNode annotations) {
            annotations.remove(CARRIED);
            if (annotations.isEmpty()) {
                metadata.remove("annotations");
            }
        }
    }

    static void toV2(ObjectNode scaler) {
        JsonNode annotations = scaler.path("metadata").path("annotations");
        ObjectNode spec = scaler.get("spec") instanceof ObjectNode given ? given : scaler.putObject("spec");
        ArrayNode metrics = Json.object().arrayNode();
        JsonNode utilization = spec.remove("targetCPUUtilizationPercentage");
        if (utilization != null && !utilization.isNull()) {
            metrics.add(cpu("target", utilization));
        }
        if (carried(annotations, METRICS) instanceof ArrayNode others) {
            others.forEach(metric -> metrics.add(OldMetrics.toSpec(metric)));
        }
        if (metrics.isEmpty()) {
            metrics.add(cpu("target", metrics.numberNode(DEFAULT_UTILIZATION)));
        }
        spec.set("metrics", metrics);
        if (carried(annotations, BEHAVIOR) instanceof ObjectNode behavior) {
            spec.set("behavior", OldMetrics.decapitalized(behavior));
        }
        status(scaler, annotations);
        if (scaler.path("metadata") instanceof ObjectNode metadata) {
            drop(metadata);
        }
    }

    private static void status(ObjectNode scaler, JsonNode annotations) {
        JsonNode statuses = carried(annotations, STATUSES);
        JsonNode conditions = carried(annotations, CONDITIONS);
        if (!(scaler.get("status") instanceof ObjectNode) && statuses == null && conditions == null) {
            return;
        }
        ObjectNode status = scaler.get("status") instanceof ObjectNode given ? given : scaler.putObject("status");
        JsonNode percent = status.remove("currentCPUUtilizationPercentage");
        if (statuses instanceof ArrayNode list) {
            ArrayNode current = status.putArray("currentMetrics");
            list.forEach(metric -> current.add(OldMetrics.toStatus(metric)));
        } else if (percent != null && !percent.isNull()) {
            status.putArray("currentMetrics").add(cpu("current", percent));
        }
        if (conditions instanceof ArrayNode list) {
            status.set("conditions", list);
        }
    }

    private static ObjectNode cpu(String part, JsonNode utilization) {
        ObjectNode metric = Json.object().put("type", "Resource");
        ObjectNode value = metric.putObject("resource").put("name", "cpu").putObject(part);
        if (part.equals("target")) {
            value.put("type", "Utilization");
        }
        value.set("averageUtilization", utilization);
        return metric;
    }

    /** What an annotation carries; null where it is not there or says nothing that could be read. */
    private static @Nullable JsonNode carried(JsonNode annotations, String name) {
        String text = annotations.path(name).asText("");
        if (text.isEmpty()) {
            return null;
        }
        try {
            return Json.parse(text.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
