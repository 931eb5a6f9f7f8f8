package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.names.Names;
import dev.xebec.model.status.FieldError;
import java.util.List;
import java.util.Locale;

/** Rules of what autoscalers measure. Source: {@code pkg/apis/autoscaling/validation/validation.go} of Kubernetes. */
final class AutoscalerMetrics {
    /** In the order in which they are looked at; only the first that is there is looked into. */
    private static final List<String> SOURCES = List.of("object", "external", "pods", "resource", "containerResource");
    private static final List<String> TYPES = List.of("ContainerResource", "External", "Object", "Pods", "Resource");
    private static final List<String> TARGETS = List.of("Utilization", "Value", "AverageValue");

    private AutoscalerMetrics() {}

    static void metric(JsonNode metric, String path, Findings findings) {
        String type = Findings.text(metric, "type");
        if (type.isEmpty()) {
            findings.required(path + ".type", "must specify a metric source type");
        }
        if (!TYPES.contains(type)) {
            findings.add(FieldError.notSupported(path + ".type", type, TYPES));
        }
        List<String> there = SOURCES.stream().filter(source -> metric.path(source).isObject()).toList();
        if (!there.isEmpty()) {
            source(there.getFirst(), metric.path(there.getFirst()), path + "." + there.getFirst(), findings);
        }
        String own = TYPES.contains(type) ? type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1) : "";
        if (!own.isEmpty() && !there.contains(own)) {
            findings.required(path + "." + own, "must populate information for the given metric source");
        }
        for (String source : there) {
            if (there.size() > 1 && !source.equals(own)) {
                findings.forbidden(path + "." + source, "must populate the given metric source only");
            }
        }
    }

    private static void source(String type, JsonNode source, String path, Findings findings) {
        JsonNode target = source.path("target");
        boolean utilization = target.hasNonNull("averageUtilization");
        boolean average = target.hasNonNull("averageValue");
        boolean value = target.hasNonNull("value");
        String where = path + ".target";
        switch (type) {
            case "resource", "containerResource" -> {
                resource(type, source, path, findings);
                target(target, where, findings);
                if (!utilization && !average) {
                    findings.required(where + ".averageUtilization",
                            "must set either a target raw value or a target utilization");
                } else if (utilization && average) {
                    findings.forbidden(where + ".averageValue",
                            "may not set both a target raw value and a target utilization");
                }
            }
            case "pods" -> {
                name(source.path("metric"), path, findings);
                target(target, where, findings);
                if (!average) {
                    findings.required(where + ".averageValue", "must specify a positive target averageValue");
                }
            }
            case "external" -> {
                name(source.path("metric"), path, findings);
                target(target, where, findings);
                if (!value && !average) {
                    findings.required(where + ".averageValue",
                            "must set either a target value for metric or a per-pod target");
                } else if (value && average) {
                    findings.forbidden(where + ".value",
                            "may not set both a target value for metric and a per-pod target");
                }
            }
            default -> {
                AutoscalerRules.named(source.path("describedObject"), path + ".describedObject", findings);
                name(source.path("metric"), path, findings);
                target(target, where, findings);
                if (!value && !average) {
                    findings.required(where + ".averageValue", "must set either a target value or averageValue");
                }
            }
        }
    }

    private static void resource(String type, JsonNode source, String path, Findings findings) {
        String name = Findings.text(source, "name");
        boolean ofContainer = type.equals("containerResource");
        if (name.isEmpty()) {
            findings.required(path + ".name", "must specify a resource name");
        } else if (ofContainer) {
            ContainerRules.name(name, path + ".name", false, findings);
        }
        String container = Findings.text(source, "container");
        if (ofContainer && container.isEmpty()) {
            findings.required(path + ".container", "must specify a container");
        } else if (ofContainer) {
            findings.invalid(path + ".container", container, Names.label(container));
        }
    }

    private static void name(JsonNode metric, String path, Findings findings) {
        String name = Findings.text(metric, "name");
        if (name.isEmpty()) {
            findings.required(path + ".metric.name", "must specify a metric name");
        } else {
            findings.invalid(path + ".metric.name", name, Names.pathSegment(name));
        }
    }

    private static void target(JsonNode target, String path, Findings findings) {
        String type = Findings.text(target, "type");
        if (type.isEmpty()) {
            findings.required(path + ".type", "must specify a metric target type");
        }
        if (!TARGETS.contains(type)) {
            findings.invalid(path + ".type", type, "must be either Utilization, Value, or AverageValue");
        }
        for (String field : List.of("value", "averageValue")) {
            if (target.hasNonNull(field) && ContainerRules.quantity(target.path(field)).signum() != 1) {
                findings.invalid(path + "." + field, target.path(field), "must be positive");
            }
        }
        JsonNode utilization = target.path("averageUtilization");
        if (utilization.isNumber() && utilization.asLong() < 1) {
            findings.invalid(path + ".averageUtilization", utilization, "must be greater than 0");
        }
    }
}
