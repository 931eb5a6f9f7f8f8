package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Rules of autoscalers. Source: {@code pkg/apis/autoscaling/validation/validation.go} of Kubernetes. */
final class AutoscalerRules {
    private static final Set<String> SOURCES = Set.of("object", "pods", "resource", "containerResource", "external");
    private static final Set<String> TARGETS = Set.of("Utilization", "Value", "AverageValue");
    /** Seconds of a scaling policy's period, and of a stabilization window. */
    private static final int MAX_PERIOD = 1_800;
    private static final int MAX_WINDOW = 3_600;
    private static final String POSITIVE = "must be greater than 0";

    private AutoscalerRules() {}

    static void spec(ObjectNode spec, String path, Findings findings) {
        JsonNode min = spec.path("minReplicas");
        JsonNode max = spec.path("maxReplicas");
        boolean toZero = false;
        for (JsonNode metric : spec.path("metrics")) {
            toZero |= List.of("Object", "External").contains(Findings.text(metric, "type"));
        }
        if (min.isNumber() && min.asLong() < (toZero ? 0 : 1)) {
            findings.invalid(TypeRule.at(path, "minReplicas"), min,
                    "must be greater than or equal to " + (toZero ? 0 : 1));
        }
        if (max.asLong() < 1) {
            findings.invalid(TypeRule.at(path, "maxReplicas"), max.isNumber() ? max : 0, POSITIVE);
        }
        if (min.isNumber() && max.asLong() < min.asLong()) {
            findings.invalid(TypeRule.at(path, "maxReplicas"), max.isNumber() ? max : 0,
                    "must be greater than or equal to `minReplicas`");
        }
        reference(spec.path("scaleTargetRef"), TypeRule.at(path, "scaleTargetRef"), findings);
        JsonNode percent = spec.path("targetCPUUtilizationPercentage");
        if (percent.isNumber() && percent.asLong() < 1) {
            findings.invalid(TypeRule.at(path, "targetCPUUtilizationPercentage"), percent, POSITIVE);
        }
        JsonNode metrics = spec.path("metrics");
        for (int at = 0; at < metrics.size(); at++) {
            metric(metrics.get(at), TypeRule.at(path, "metrics", at), findings);
        }
    }

    private static void reference(JsonNode reference, String path, Findings findings) {
        for (String field : List.of("kind", "name")) {
            String value = Findings.text(reference, field);
            if (!value.isEmpty()) {
                findings.invalid(path + "." + field, value, Names.pathSegment(value));
            }
        }
    }

    private static void metric(JsonNode metric, String path, Findings findings) {
        String type = Findings.text(metric, "type");
        if (type.isEmpty()) {
            return;
        }
        String own = type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
        if (!SOURCES.contains(own)) {
            return;
        }
        boolean there = false;
        for (String source : SOURCES) {
            if (metric.path(source).isObject()) {
                there |= source.equals(own);
                if (!source.equals(own)) {
                    findings.forbidden(path + "." + source, "must populate the given metric source only");
                }
            }
        }
        if (!there) {
            findings.required(path + "." + own, "must populate information for the given metric source");
            return;
        }
        target(own, metric.path(own), path + "." + own, findings);
    }

    private static void target(String type, JsonNode source, String path, Findings findings) {
        JsonNode target = source.path("target");
        boolean utilization = target.hasNonNull("averageUtilization");
        boolean average = target.hasNonNull("averageValue");
        boolean value = target.hasNonNull("value");
        switch (type) {
            case "resource", "containerResource" -> {
                if (!utilization && !average) {
                    findings.required(path + ".target.averageUtilization",
                            "must set either a target raw value or a target utilization");
                } else if (utilization && average) {
                    findings.forbidden(path + ".target.averageValue",
                            "may not set both a target raw value and a target utilization");
                }
            }
            case "pods" -> {
                if (!average) {
                    findings.required(path + ".target.averageValue", "must specify a positive target averageValue");
                }
            }
            case "external" -> {
                if (!value && !average) {
                    findings.required(path + ".target.averageValue",
                            "must set either a target value for metric or a per-pod target");
                } else if (value && average) {
                    findings.forbidden(path + ".target.value",
                            "may not set both a target value for metric and a per-pod target");
                }
            }
            default -> {
                reference(source.path("describedObject"), path + ".describedObject", findings);
                if (!value && !average) {
                    findings.required(path + ".target.averageValue",
                            "must set either a target value or averageValue");
                }
            }
        }
    }

    static void metricTarget(ObjectNode target, String path, Findings findings) {
        String type = Findings.text(target, "type");
        if (type.isEmpty()) {
            findings.required(TypeRule.at(path, "type"), "must specify a metric target type");
        }
        if (!TARGETS.contains(type)) {
            findings.invalid(TypeRule.at(path, "type"), type, "must be either Utilization, Value, or AverageValue");
        }
        for (String field : List.of("value", "averageValue")) {
            if (target.hasNonNull(field) && ContainerRules.quantity(target.path(field)).signum() != 1) {
                findings.invalid(TypeRule.at(path, field), target.path(field), "must be positive");
            }
        }
        JsonNode utilization = target.path("averageUtilization");
        if (utilization.isNumber() && utilization.asLong() < 1) {
            findings.invalid(TypeRule.at(path, "averageUtilization"), utilization, POSITIVE);
        }
    }

    static void scaling(ObjectNode rules, String path, Findings findings) {
        JsonNode window = rules.path("stabilizationWindowSeconds");
        String where = TypeRule.at(path, "stabilizationWindowSeconds");
        if (window.isNumber() && window.asLong() < 0) {
            findings.invalid(where, window, "must be greater than or equal to zero");
        } else if (window.asLong() > MAX_WINDOW) {
            findings.invalid(where, window, "must be less than or equal to " + MAX_WINDOW);
        }
        JsonNode policies = rules.path("policies");
        if (policies.isEmpty()) {
            findings.required(TypeRule.at(path, "policies"), "must specify at least one Policy");
        }
        for (int at = 0; at < policies.size(); at++) {
            String policy = TypeRule.at(path, "policies", at);
            JsonNode period = policies.get(at).path("periodSeconds");
            JsonNode value = policies.get(at).path("value");
            if (value.asLong() <= 0) {
                findings.invalid(policy + ".value", value.isNumber() ? value : 0, "must be greater than zero");
            }
            if (period.asLong() <= 0) {
                findings.invalid(policy + ".periodSeconds", period.isNumber() ? period : 0,
                        "must be greater than zero");
            } else if (period.asLong() > MAX_PERIOD) {
                findings.invalid(policy + ".periodSeconds", period, "must be less than or equal to " + MAX_PERIOD);
            }
        }
    }
}
