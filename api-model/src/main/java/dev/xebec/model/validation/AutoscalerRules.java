package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import java.util.List;

/** Rules of autoscalers. Source: {@code pkg/apis/autoscaling/validation/validation.go} of Kubernetes. */
final class AutoscalerRules {
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
        findings.notNegative(TypeRule.at(path, "minReplicas"), min);
        if (max.asLong() < 0) {
            findings.invalid(TypeRule.at(path, "maxReplicas"), max, "must be greater than or equal to 1");
        }
        if (min.isNumber() && max.asLong() < min.asLong()) {
            findings.invalid(TypeRule.at(path, "maxReplicas"), max.isNumber() ? max : 0,
                    "must be greater than or equal to `minReplicas`");
        }
        if (max.asLong() == 0) {
            findings.required(TypeRule.at(path, "maxReplicas"), "");
        }
        reference(spec.path("scaleTargetRef"), TypeRule.at(path, "scaleTargetRef"), findings);
        JsonNode percent = spec.path("targetCPUUtilizationPercentage");
        if (percent.isNumber() && percent.asLong() < 1) {
            findings.invalid(TypeRule.at(path, "metrics", 0) + ".resource.target.averageUtilization", percent,
                    POSITIVE);
        }
        JsonNode metrics = spec.path("metrics");
        for (int at = 0; at < metrics.size(); at++) {
            AutoscalerMetrics.metric(metrics.get(at), TypeRule.at(path, "metrics", at), findings);
        }
        if (min.isNumber() && min.asLong() == 0 && !toZero) {
            findings.forbidden(TypeRule.at(path, "metrics"),
                    "must specify at least one Object or External metric to support scaling to zero replicas");
        }
    }

    private static void reference(JsonNode reference, String path, Findings findings) {
        named(reference, path, findings);
        String version = Findings.text(reference, "apiVersion");
        if (version.indexOf('/') == version.lastIndexOf('/') && version.indexOf('/') < 1 && !version.equals("v1")) {
            findings.invalid(path + ".apiVersion", version, "apiVersion must specify API group");
        }
    }

    /** Objects that are only measured may be of the first group, too. */
    static void named(JsonNode reference, String path, Findings findings) {
        for (String field : List.of("kind", "name")) {
            String value = Findings.text(reference, field);
            if (value.isEmpty()) {
                findings.required(path + "." + field, "");
            } else {
                findings.invalid(path + "." + field, value, Names.pathSegment(value));
            }
        }
        String version = Findings.text(reference, "apiVersion");
        if (version.indexOf('/') != version.lastIndexOf('/')) {
            findings.invalid(path + ".apiVersion", version, "unexpected GroupVersion string: " + version);
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
