package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import dev.xebec.model.status.FieldError;
import java.util.List;

/** Rules of what draws pods to places. Source: {@code pkg/apis/core/validation/validation.go} of Kubernetes. */
final class AffinityRules {
    private static final String WEIGHT = "must be in the range 1-100";

    private AffinityRules() {}

    /** A field of a node: its name is the only one. */
    private static void field(ObjectNode requirement, String path, Findings findings) {
        String operator = Findings.text(requirement, "operator");
        if (!List.of("In", "NotIn").contains(operator)) {
            findings.invalid(TypeRule.at(path, "operator"), operator, "not a valid selector operator");
        } else if (requirement.path("values").size() != 1) {
            findings.required(TypeRule.at(path, "values"),
                    "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
        }
        String key = Findings.text(requirement, "key");
        if (!key.equals("metadata.name")) {
            findings.invalid(TypeRule.at(path, "key"), key, "not a valid field selector key");
            return;
        }
        JsonNode values = requirement.path("values");
        for (int at = 0; at < values.size(); at++) {
            findings.invalid(TypeRule.at(path, "values", at), values.get(at).asText(),
                    Names.subdomain(values.get(at).asText()));
        }
    }

    static void requirement(ObjectNode requirement, String path, Findings findings) {
        if (path.contains(".matchFields[")) {
            field(requirement, path, findings);
            return;
        }
        int values = requirement.path("values").size();
        String operator = Findings.text(requirement, "operator");
        switch (operator) {
            case "In", "NotIn" -> {
                if (values == 0) {
                    findings.required(TypeRule.at(path, "values"),
                            "must be specified when `operator` is 'In' or 'NotIn'");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (values > 0) {
                    findings.forbidden(TypeRule.at(path, "values"),
                            "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }
            }
            case "Gt", "Lt" -> {
                if (values != 1) {
                    findings.required(TypeRule.at(path, "values"),
                            "must be specified single value when `operator` is 'Lt' or 'Gt'");
                }
            }
            default -> findings.invalid(TypeRule.at(path, "operator"), operator, "not a valid selector operator");
        }
        String key = Findings.text(requirement, "key");
        findings.invalid(TypeRule.at(path, "key"), key, Names.qualified(key));
        JsonNode list = requirement.path("values");
        boolean preferred = path.contains(".preference.");
        for (int at = 0; !preferred && at < list.size(); at++) {
            findings.invalid(TypeRule.at(path, "values", at), list.get(at).asText(),
                    Names.labelValue(list.get(at).asText()));
        }
    }

    static void preferred(ObjectNode term, String path, Findings findings) {
        JsonNode weight = term.path("weight");
        if (weight.asLong() <= 0 || weight.asLong() > 100) {
            findings.invalid(TypeRule.at(path, "weight"), weight.isMissingNode() ? "0" : weight, WEIGHT);
        }
    }

    static void podTerm(ObjectNode term, String path, Findings findings) {
        String key = Findings.text(term, "topologyKey");
        findings.invalid(TypeRule.at(path, "topologyKey"), key, Names.qualified(key));
        JsonNode namespaces = term.path("namespaces");
        for (int at = 0; at < namespaces.size(); at++) {
            findings.invalid(TypeRule.at(path, "namespace"), namespaces.get(at).asText(),
                    Names.label(namespaces.get(at).asText()));
        }
        for (String keys : List.of("matchLabelKeys", "mismatchLabelKeys")) {
            JsonNode list = term.path(keys);
            if (!list.isEmpty() && !term.path("labelSelector").isObject()) {
                findings.forbidden(TypeRule.at(path, keys), "must not be specified when labelSelector is not set");
                continue;
            }
            for (int at = 0; at < list.size(); at++) {
                findings.invalid(TypeRule.at(path, keys, at), list.get(at).asText(),
                        Names.qualified(list.get(at).asText()));
            }
        }
    }

    /** All of a pod's spread constraints: one for each topology and reaction. */
    static void spreads(JsonNode constraints, String path, Findings findings) {
        for (int at = 0; at < constraints.size(); at++) {
            JsonNode one = constraints.get(at);
            for (int other = at + 1; other < constraints.size(); other++) {
                JsonNode another = constraints.get(other);
                if (Findings.text(one, "topologyKey").equals(Findings.text(another, "topologyKey"))
                        && Findings.text(one, "whenUnsatisfiable")
                                .equals(Findings.text(another, "whenUnsatisfiable"))) {
                    findings.add(FieldError.duplicate(TypeRule.at(path, "topologySpreadConstraints", at)
                            + ".{topologyKey, whenUnsatisfiable}",
                            "{" + Findings.text(one, "topologyKey") + ", "
                                    + Findings.text(one, "whenUnsatisfiable") + "}"));
                    break;
                }
            }
        }
    }

    static void spread(ObjectNode constraint, String path, Findings findings) {
        if (constraint.path("maxSkew").asInt() <= 0) {
            findings.invalid(TypeRule.at(path, "maxSkew"), constraint.path("maxSkew").asInt(),
                    "must be greater than zero");
        }
        String key = Findings.text(constraint, "topologyKey");
        if (!key.isEmpty()) {
            findings.invalid(TypeRule.at(path, "topologyKey"), key, Names.qualified(key));
        }
        if (constraint.hasNonNull("minDomains")) {
            JsonNode domains = constraint.path("minDomains");
            if (domains.asInt() <= 0) {
                findings.invalid(TypeRule.at(path, "minDomains"), domains, "must be greater than zero");
            }
            if (!Findings.text(constraint, "whenUnsatisfiable").equals("DoNotSchedule")) {
                findings.invalid(TypeRule.at(path, "minDomains"), domains,
                        "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not "
                                + Findings.text(constraint, "whenUnsatisfiable"));
            }
        }
        JsonNode keys = constraint.path("matchLabelKeys");
        if (!keys.isEmpty() && !constraint.path("labelSelector").isObject()) {
            findings.forbidden(TypeRule.at(path, "matchLabelKeys"),
                    "must not be specified when labelSelector is not set");
        }
        for (int at = 0; at < keys.size(); at++) {
            findings.invalid(TypeRule.at(path, "matchLabelKeys", at), keys.get(at).asText(),
                    Names.qualified(keys.get(at).asText()));
        }
    }

    static void toleration(ObjectNode toleration, String path, Findings findings) {
        String key = Findings.text(toleration, "key");
        String operator = Findings.text(toleration, "operator");
        String value = Findings.text(toleration, "value");
        if (!key.isEmpty()) {
            findings.invalid(TypeRule.at(path, "key"), key, Names.qualified(key));
        } else if (!operator.equals("Exists")) {
            findings.invalid(TypeRule.at(path, "operator"), operator,
                    "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
        }
        if (toleration.hasNonNull("tolerationSeconds") && !Findings.text(toleration, "effect").equals("NoExecute")) {
            findings.invalid(TypeRule.at(path, "effect"), Findings.text(toleration, "effect"),
                    "effect must be 'NoExecute' when `tolerationSeconds` is set");
        }
        if (operator.equals("Exists") && !value.isEmpty()) {
            findings.invalid(TypeRule.at(path, "operator"), toleration,
                    "value must be empty when `operator` is 'Exists'");
        } else if (operator.equals("Equal") || operator.isEmpty()) {
            List<String> wrong = Names.labelValue(value);
            if (!wrong.isEmpty()) {
                findings.invalid(TypeRule.at(path, "operator"), value, String.join(";", wrong));
            }
        }
    }
}
