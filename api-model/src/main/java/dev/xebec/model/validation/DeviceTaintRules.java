package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import dev.xebec.model.status.FieldError;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Taints of devices, who tolerates them, and what is waited for. Source: {@code pkg/apis/resource/validation/validation.go} of Kubernetes. */
final class DeviceTaintRules {
    private static final List<String> EFFECTS = List.of("NoExecute", "NoSchedule", "None");
    private static final List<String> OPERATORS = List.of("Equal", "Exists");
    private static final int MAX_CONDITIONS = 4;

    private DeviceTaintRules() {}

    static void rule(ObjectNode spec, String path, Findings findings) {
        Findings declared = findings.later();
        JsonNode selector = spec.path("deviceSelector");
        String where = TypeRule.at(path, "deviceSelector");
        if (selector.has("driver")) {
            DeviceNames.driver(Findings.text(selector, "driver"), where + ".driver", findings);
        }
        if (selector.has("pool")) {
            DeviceNames.pool(Findings.text(selector, "pool"), where + ".pool", findings);
        }
        if (selector.has("device")) {
            String device = Findings.text(selector, "device");
            findings.invalid(where + ".device", device, Names.label(device));
        }
        taint(spec.path("taint"), TypeRule.at(path, "taint"), findings, declared);
        declared.list().forEach(findings::add);
    }

    static void taint(JsonNode taint, String path, Findings findings, Findings declared) {
        String key = Findings.text(taint, "key");
        findings.invalid(path + ".key", key, Names.qualified(key));
        String value = Findings.text(taint, "value");
        findings.invalid(path + ".value", value, Names.labelValue(value));
        String effect = Findings.text(taint, "effect");
        if (effect.isEmpty()) {
            declared.required(path + ".effect", "");
        } else {
            effect(effect, path, declared);
        }
    }

    private static void effect(String effect, String path, Findings declared) {
        if (!effect.isEmpty() && !EFFECTS.contains(effect)) {
            declared.add(FieldError.notSupported(path + ".effect", effect, EFFECTS));
        }
    }

    static void tolerations(JsonNode tolerations, String path, Findings findings, Findings declared) {
        for (int at = 0; at < tolerations.size(); at++) {
            toleration(tolerations.get(at), path + "[" + at + "]", findings, declared);
        }
    }

    private static void toleration(JsonNode toleration, String path, Findings findings, Findings declared) {
        String key = Findings.text(toleration, "key");
        if (!key.isEmpty()) {
            declared.invalid(path + ".key", key, Names.qualified(key));
        }
        String value = Findings.text(toleration, "value");
        String operator = Findings.text(toleration, "operator");
        switch (operator) {
            case "Exists" -> {
                if (!value.isEmpty()) {
                    findings.invalid(path + ".value", value, "must be empty for operator `Exists`");
                }
            }
            case "Equal" -> findings.invalid(path + ".value", value, Names.labelValue(value));
            default -> declared.add(FieldError.notSupported(path + ".operator", operator, OPERATORS));
        }
        effect(Findings.text(toleration, "effect"), path, declared);
    }

    /** Conditions that a device has to meet, or must not, before a pod that uses it is bound. */
    static void binding(JsonNode device, String path, Findings findings, Findings declared) {
        JsonNode conditions = device.path("bindingConditions");
        JsonNode failures = device.path("bindingFailureConditions");
        String where = path + ".bindingConditions";
        String whereFailures = path + ".bindingFailureConditions";
        labels(conditions, where, findings, declared);
        labels(failures, whereFailures, findings, declared);
        Set<String> seen = doubles(conditions, where, Set.of(), findings);
        doubles(failures, whereFailures, seen, findings);
        if (conditions.isEmpty() && !failures.isEmpty()) {
            findings.invalid(where, conditions.isArray() ? conditions : Findings.NOTHING,
                    "bindingConditions are required to use bindingFailureConditions");
        }
        if (failures.isEmpty() && !conditions.isEmpty()) {
            findings.invalid(whereFailures, failures.isArray() ? failures : Findings.NOTHING,
                    "bindingFailureConditions are required to use bindingConditions");
        }
    }

    private static void labels(JsonNode list, String path, Findings findings, Findings declared) {
        if (list.size() > MAX_CONDITIONS) {
            declared.tooMany(list, MAX_CONDITIONS, path);
            return;
        }
        for (int at = 0; at < list.size(); at++) {
            findings.invalid(path + "[" + at + "]", list.get(at).asText(), Names.qualified(list.get(at).asText()));
        }
    }

    private static Set<String> doubles(JsonNode list, String path, Set<String> others, Findings findings) {
        Set<String> seen = new HashSet<>();
        for (int at = 0; at < list.size(); at++) {
            String one = list.get(at).asText();
            String where = path + "[" + at + "]";
            if (!seen.add(one)) {
                findings.duplicate(where, one);
            }
            if (others.contains(one)) {
                findings.invalid(where, one, "bindingFailureConditions must not overlap with bindingConditions");
            }
        }
        return seen;
    }
}
