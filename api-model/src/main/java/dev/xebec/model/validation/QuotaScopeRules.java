package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which pods and claims a quota counts. Source: {@code pkg/apis/core/validation/validation.go} of Kubernetes, ValidateResourceQuotaSpec. */
final class QuotaScopeRules {
    /** Scopes of pods by what they are, which nobody chooses values of. */
    private static final Set<String> PLAIN = Set.of("BestEffort", "NotBestEffort", "Terminating", "NotTerminating",
            "CrossNamespacePodAffinity");
    private static final Set<String> COMPUTE = Set.of("pods", "cpu", "memory", "limits.cpu", "limits.memory",
            "requests.cpu", "requests.memory");
    private static final String EXISTS_ONLY = "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, "
            + "ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or "
            + "ResourceQuotaScopeCrossNamespacePodAffinity";

    private QuotaScopeRules() {}

    static void check(JsonNode spec, String path, Findings findings) {
        List<String> limited = new ArrayList<>();
        spec.path("hard").fieldNames().forEachRemaining(limited::add);
        limited.removeIf(name -> !QuotaNames.isStandard(name));
        limited.sort(null);
        scopes(spec.path("scopes"), limited, TypeRule.at(path, "scopes"), findings);
        JsonNode selector = spec.path("scopeSelector");
        Set<String> seen = new HashSet<>();
        String where = TypeRule.at(path, "scopeSelector.matchExpressions");
        for (JsonNode requirement : selector.path("matchExpressions")) {
            String scope = Findings.text(requirement, "scopeName");
            if (!known(scope)) {
                findings.invalid(where + ".scopeName", scope, "unsupported scope");
            }
            limited.stream().filter(name -> !counts(scope, name)).forEach(
                    name -> findings.invalid(where, findings.form(TypeRule.at(path, "scopeSelector"), selector),
                            "unsupported scope applied to resource"));
            requirement(requirement, scope, where, findings);
            seen.add(scope);
        }
        if (conflicting(seen)) {
            findings.invalid(TypeRule.at(path, "scopes"), spec.path("scopes").isArray()
                    ? spec.path("scopes")
                    : Findings.NOTHING, "conflicting scopes");
        }
    }

    private static void scopes(JsonNode scopes, List<String> limited, String path, Findings findings) {
        Set<String> seen = new HashSet<>();
        for (JsonNode one : scopes) {
            String scope = one.asText();
            if (!known(scope)) {
                findings.invalid(path, scopes, "unsupported scope");
            }
            limited.stream().filter(name -> !counts(scope, name))
                    .forEach(name -> findings.invalid(path, scopes, "unsupported scope applied to resource"));
            seen.add(scope);
        }
        if (seen.containsAll(List.of("BestEffort", "NotBestEffort"))) {
            findings.invalid(path, scopes, "conflicting scopes");
        }
        if (seen.containsAll(List.of("Terminating", "NotTerminating"))) {
            findings.invalid(path, scopes, "conflicting scopes");
        }
    }

    private static boolean conflicting(Set<String> scopes) {
        return scopes.containsAll(List.of("BestEffort", "NotBestEffort"))
                || scopes.containsAll(List.of("Terminating", "NotTerminating"));
    }

    private static boolean known(String scope) {
        return PLAIN.contains(scope) || scope.equals("PriorityClass") || scope.equals("VolumeAttributesClass");
    }

    private static boolean counts(String scope, String resource) {
        return switch (scope) {
            case "BestEffort" -> resource.equals("pods");
            case "VolumeAttributesClass" ->
                resource.equals("persistentvolumeclaims") || resource.equals("requests.storage");
            default -> !known(scope) || COMPUTE.contains(resource);
        };
    }

    private static void requirement(JsonNode requirement, String scope, String path, Findings findings) {
        String operator = Findings.text(requirement, "operator");
        JsonNode values = requirement.path("values");
        if (PLAIN.contains(scope) && !operator.equals("Exists")) {
            findings.invalid(path + ".operator", operator, EXISTS_ONLY);
        }
        switch (operator) {
            case "In", "NotIn" -> {
                if (values.isEmpty()) {
                    findings.required(path + ".values",
                            "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!values.isEmpty()) {
                    findings.invalid(path + ".values", values,
                            "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector");
                }
            }
            default -> findings.invalid(path + ".operator", operator, "not a valid selector operator");
        }
    }

    /** Scopes stay what they were, in any order. */
    static void update(ObjectNode now, ObjectNode before, Findings findings) {
        JsonNode scopes = now.path("spec").path("scopes");
        if (!set(scopes).equals(set(before.path("spec").path("scopes")))) {
            findings.invalid("spec.scopes", scopes.isArray() ? scopes : Findings.NOTHING, Findings.IMMUTABLE);
        }
    }

    private static Set<String> set(JsonNode scopes) {
        Set<String> set = new HashSet<>();
        scopes.forEach(scope -> set.add(scope.asText()));
        return set;
    }

    /** What is counted and what is used. */
    static void status(ObjectNode now, ObjectNode before, Findings findings) {
        for (String field : List.of("hard", "used")) {
            now.path("status").path(field).properties().forEach(amount -> {
                String where = "status." + field + "[" + amount.getKey() + "]";
                QuotaNames.check(amount.getKey(), where, findings);
                if (ContainerRules.quantity(amount.getValue()).signum() < 0) {
                    findings.invalid(where, amount.getValue(), Findings.NOT_NEGATIVE);
                }
            });
        }
    }
}
