package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.status.FieldError;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What happens to a container that ends, or whose resources change. Source:
 * {@code pkg/apis/core/validation/validation.go} of Kubernetes.
 */
final class ContainerPolicies {
    private static final List<String> POLICIES = List.of("Always", "Never", "OnFailure");
    private static final List<String> ACTIONS = List.of("Restart", "RestartAllContainers");
    private static final List<String> OPERATORS = List.of("In", "NotIn");
    private static final List<String> RESIZED = List.of("cpu", "memory");
    private static final List<String> RESIZES = List.of("NotRequired", "RestartContainer");
    private static final int MAX_RULES = 20;
    private static final int MAX_CODES = 255;

    private ContainerPolicies() {}

    static void check(ObjectNode container, String path, Findings findings) {
        resizes(container.path("resizePolicy"), TypeRule.at(path, "resizePolicy"), findings);
        if (path.contains("phemeralContainers[")) {
            return;
        }
        String policy = Findings.text(container, "restartPolicy");
        String where = TypeRule.at(path, "restartPolicy");
        JsonNode rules = container.path("restartPolicyRules");
        if (container.path("restartPolicy").isTextual()) {
            if (!POLICIES.contains(policy)) {
                findings.add(FieldError.notSupported(where, policy, POLICIES));
            }
        } else if (rules.isEmpty()) {
            return;
        } else {
            findings.required(where, "must specify restartPolicy when restart rules are used");
            if (path.contains("nitContainers[")) {
                return;
            }
        }
        rules(rules, TypeRule.at(path, "restartPolicyRules"), findings);
    }

    private static void rules(JsonNode rules, String path, Findings findings) {
        findings.tooMany(rules, MAX_RULES, path);
        for (int at = 0; at < rules.size(); at++) {
            JsonNode rule = rules.get(at);
            String where = path + "[" + at + "]";
            known(rule, "action", ACTIONS, where, findings);
            JsonNode codes = rule.path("exitCodes");
            if (codes.isObject()) {
                known(codes, "operator", OPERATORS, where + ".exitCodes", findings);
                findings.tooMany(codes.path("values"), MAX_CODES, where + ".exitCodes.values");
            } else {
                findings.required(where + ".exitCodes", "must be specified");
            }
        }
    }

    private static void known(JsonNode holder, String field, List<String> allowed, String path, Findings findings) {
        if (!allowed.contains(Findings.text(holder, field))) {
            findings.add(FieldError.notSupported(path + "." + field, Findings.text(holder, field), allowed));
        }
    }

    /** What is wrong with one of them is said of all. */
    private static void resizes(JsonNode policies, String path, Findings findings) {
        Set<String> seen = new HashSet<>();
        for (int at = 0; at < policies.size(); at++) {
            String resource = Findings.text(policies.get(at), "resourceName");
            if (!seen.add(resource)) {
                findings.duplicate(path + "[" + at + "]", resource);
            }
            one(resource, RESIZED, path, findings);
            one(Findings.text(policies.get(at), "restartPolicy"), RESIZES, path, findings);
        }
    }

    private static void one(String value, List<String> allowed, String path, Findings findings) {
        if (value.isEmpty()) {
            findings.required(path, "");
        } else if (!allowed.contains(value)) {
            findings.add(FieldError.notSupported(path, value, allowed));
        }
    }
}
