package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import dev.xebec.model.status.FieldError;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules of what failures and successes mean to a Job. */
final class JobPolicies {
    private static final int MAX_RULES = 20;
    private static final int MAX_CODES = 255;
    private static final List<String> STATUSES = List.of("False", "True", "Unknown");

    private final ObjectNode spec;
    private final Findings findings;
    private final Set<String> containers = new HashSet<>();

    private JobPolicies(ObjectNode spec, Findings findings) {
        this.spec = spec;
        this.findings = findings;
        for (String list : List.of("containers", "initContainers")) {
            spec.path("template").path("spec").path(list)
                    .forEach(container -> containers.add(Findings.text(container, "name")));
        }
    }

    static void check(ObjectNode spec, String path, Findings findings) {
        JobPolicies policies = new JobPolicies(spec, findings);
        JsonNode rules = spec.path("podFailurePolicy").path("rules");
        String where = TypeRule.at(path, "podFailurePolicy.rules");
        findings.tooMany(rules, MAX_RULES, where);
        for (int at = 0; at < rules.size(); at++) {
            policies.failure(rules.get(at), where + "[" + at + "]");
        }
        String replacement = Findings.text(spec, "podReplacementPolicy");
        if (spec.path("podFailurePolicy").isObject() && replacement.equals("TerminatingOrFailed")) {
            findings.add(FieldError.notSupported(TypeRule.at(path, "podReplacementPolicy"), replacement,
                    List.of("Failed")));
        }
        policies.success(TypeRule.at(path, "successPolicy.rules"));
    }

    private void failure(JsonNode rule, String path) {
        if (Findings.text(rule, "action").equals("FailIndex") && !spec.hasNonNull("backoffLimitPerIndex")) {
            findings.invalid(path + ".action", "FailIndex", "requires the backoffLimitPerIndex to be set");
        }
        boolean codes = rule.path("onExitCodes").isObject();
        boolean conditions = !rule.path("onPodConditions").isEmpty();
        if (codes) {
            exitCodes(rule.path("onExitCodes"), path + ".onExitCodes");
        }
        JsonNode patterns = rule.path("onPodConditions");
        findings.tooMany(patterns, MAX_RULES, path + ".onPodConditions");
        for (int at = 0; at < patterns.size(); at++) {
            String where = path + ".onPodConditions[" + at + "]";
            String type = Findings.text(patterns.get(at), "type");
            String status = Findings.text(patterns.get(at), "status");
            findings.invalid(where + ".type", type, Names.qualified(type));
            if (!status.isEmpty() && !STATUSES.contains(status)) {
                findings.add(FieldError.notSupported(where + ".status", status, STATUSES));
            }
        }
        if (codes && conditions) {
            findings.invalid(path, "specifying both OnExitCodes and OnPodConditions is not supported");
        } else if (!codes && !conditions) {
            findings.invalid(path, "specifying one of OnExitCodes and OnPodConditions is required");
        }
    }

    private void exitCodes(JsonNode codes, String path) {
        String container = Findings.text(codes, "containerName");
        if (codes.hasNonNull("containerName") && !containers.contains(container)) {
            findings.invalid(path + ".containerName", container,
                    "must be one of the container or initContainer names in the pod template");
        }
        JsonNode values = codes.path("values");
        if (values.isEmpty()) {
            findings.invalid(path + ".values", values.isArray() ? values : Findings.NOTHING,
                    "at least one value is required");
        }
        findings.tooMany(values, MAX_CODES, path + ".values");
        Set<Integer> seen = new HashSet<>();
        boolean ordered = true;
        for (int at = 0; at < values.size(); at++) {
            int value = values.get(at).asInt();
            if (value == 0 && Findings.text(codes, "operator").equals("In")) {
                findings.invalid(path + ".values[" + at + "]", 0, "must not be 0 for the In operator");
            }
            if (!seen.add(value)) {
                findings.duplicate(path + ".values[" + at + "]", value);
            }
            ordered &= at == 0 || values.get(at - 1).asInt() <= value;
        }
        if (!ordered) {
            findings.invalid(path + ".values", values, "must be ordered");
        }
    }

    private void success(String path) {
        JsonNode policy = spec.path("successPolicy");
        if (!policy.isObject()) {
            return;
        }
        JsonNode rules = policy.path("rules");
        findings.tooMany(rules, MAX_RULES, path);
        for (int at = 0; at < rules.size(); at++) {
            JsonNode rule = rules.get(at);
            String where = path + "[" + at + "]";
            JsonNode count = rule.path("succeededCount");
            if (!count.isNumber() && !rule.hasNonNull("succeededIndexes")) {
                findings.required(where, "at least one of succeededCount or succeededIndexes must be specified");
            }
            if (count.isNumber() && count.asLong() <= 0) {
                findings.invalid(where + ".succeededCount", count, "must be greater than 0");
            }
            if (count.isNumber() && spec.path("completions").isNumber()
                    && count.asLong() > spec.path("completions").asLong()) {
                findings.invalid(where + ".succeededCount", count, "must be less than or equal to "
                        + spec.path("completions").asText() + " (the number of specified completions)");
            }
        }
    }
}
