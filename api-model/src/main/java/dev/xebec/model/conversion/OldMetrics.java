package dev.xebec.model.conversion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import java.util.List;
import java.util.Locale;

/** The flat form in which autoscaling/v1 writes metrics into its annotations, in the order of Go's structures. */
final class OldMetrics {
    private static final List<String> TYPES = List.of("object", "pods", "resource", "containerResource", "external");

    private OldMetrics() {}

    static ObjectNode ofSpec(JsonNode metric) {
        return flat(metric, "target");
    }

    static ObjectNode ofStatus(JsonNode metric) {
        return flat(metric, "current");
    }

    static ObjectNode toSpec(JsonNode old) {
        return nested(old, "target");
    }

    static ObjectNode toStatus(JsonNode old) {
        return nested(old, "current");
    }

    /** @param part {@code target} of what is wanted, {@code current} of what is seen */
    private static ObjectNode flat(JsonNode metric, String part) {
        ObjectNode old = Json.object();
        copy(metric, "type", old, "type");
        for (String type : TYPES) {
            if (metric.get(type) instanceof ObjectNode source) {
                old.set(type, flatSource(type, source, part));
            }
        }
        return old;
    }

    private static ObjectNode flatSource(String type, ObjectNode source, String part) {
        ObjectNode old = Json.object();
        JsonNode value = source.path(part);
        JsonNode metric = source.path("metric");
        switch (type) {
            case "object" -> {
                old.set("target", reference(source.path("describedObject")));
                copy(metric, "name", old, "metricName");
                old.put(part + "Value", value.path("value").asText("0"));
                copy(metric, "selector", old, "selector");
                copy(value, "averageValue", old, "averageValue");
            }
            case "pods" -> {
                copy(metric, "name", old, "metricName");
                copy(value, "averageValue", old, part + "AverageValue");
                copy(metric, "selector", old, "selector");
            }
            case "external" -> {
                copy(metric, "name", old, "metricName");
                copy(metric, "selector", old, "metricSelector");
                copy(value, "value", old, part + "Value");
                copy(value, "averageValue", old, part + "AverageValue");
            }
            default -> {
                copy(source, "name", old, "name");
                copy(value, "averageUtilization", old, part + "AverageUtilization");
                copy(value, "averageValue", old, part + "AverageValue");
                copy(source, "container", old, "container");
            }
        }
        return old;
    }

    private static ObjectNode nested(JsonNode old, String part) {
        ObjectNode metric = Json.object();
        copy(old, "type", metric, "type");
        for (String type : TYPES) {
            if (old.get(type) instanceof ObjectNode source) {
                metric.set(type, nestedSource(type, source, part));
            }
        }
        return metric;
    }

    private static ObjectNode nestedSource(String type, ObjectNode old, String part) {
        ObjectNode source = Json.object();
        ObjectNode value = Json.object();
        switch (type) {
            case "object" -> {
                source.set("describedObject", reference(old.path("target")));
                metric(source, old, "selector");
                copy(old, "averageValue", value, "averageValue");
                boolean zero = old.path(part + "Value").asText("0").equals("0");
                if (!zero || value.isEmpty()) {
                    copy(old, part + "Value", value, "value");
                }
            }
            case "pods" -> {
                metric(source, old, "selector");
                copy(old, part + "AverageValue", value, "averageValue");
            }
            case "external" -> {
                metric(source, old, "metricSelector");
                copy(old, part + "Value", value, "value");
                copy(old, part + "AverageValue", value, "averageValue");
            }
            default -> {
                copy(old, "name", source, "name");
                copy(old, "container", source, "container");
                copy(old, part + "AverageUtilization", value, "averageUtilization");
                copy(old, part + "AverageValue", value, "averageValue");
            }
        }
        if (part.equals("target")) {
            value.put("type", targetType(type, value));
        }
        source.set(part, value);
        return source;
    }

    private static String targetType(String type, ObjectNode value) {
        if (value.has("averageUtilization")) {
            return "Utilization";
        }
        boolean plain = type.equals("object") ? !value.has("averageValue") : value.has("value");
        return plain ? "Value" : "AverageValue";
    }

    private static void metric(ObjectNode source, JsonNode old, String selector) {
        ObjectNode metric = source.putObject("metric");
        copy(old, "metricName", metric, "name");
        copy(old, selector, metric, "selector");
    }

    private static ObjectNode reference(JsonNode from) {
        ObjectNode reference = Json.object();
        for (String field : List.of("kind", "name", "apiVersion")) {
            copy(from, field, reference, field);
        }
        return reference;
    }

    private static void copy(JsonNode from, String field, ObjectNode to, String name) {
        JsonNode value = from.get(field);
        if (value != null && !value.isNull()) {
            to.set(name, value.deepCopy());
        }
    }

    /** Behaviour is carried with Go's own field names. */
    static JsonNode capitalized(JsonNode json) {
        return renamed(json, true);
    }

    static JsonNode decapitalized(JsonNode json) {
        return renamed(json, false);
    }

    private static JsonNode renamed(JsonNode json, boolean upper) {
        if (json instanceof ArrayNode list) {
            ArrayNode renamed = Json.object().arrayNode();
            list.forEach(one -> renamed.add(renamed(one, upper)));
            return renamed;
        }
        if (!(json instanceof ObjectNode object)) {
            return json;
        }
        ObjectNode renamed = Json.object();
        object.properties().stream().filter(field -> !field.getValue().isNull()).forEach(field -> {
            String name = field.getKey();
            String first = name.isEmpty() ? "" : name.substring(0, 1);
            renamed.set((upper ? first.toUpperCase(Locale.ROOT) : first.toLowerCase(Locale.ROOT))
                    + name.substring(first.length()), renamed(field.getValue(), upper));
        });
        return renamed;
    }
}
