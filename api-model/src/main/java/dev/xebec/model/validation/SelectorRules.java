package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;

/** Rules of label selectors. Source: apimachinery {@code meta/v1/validation}, ValidateLabelSelector. */
final class SelectorRules {

    private SelectorRules() {}

    static void selector(ObjectNode selector, String path, Findings findings) {
        MetadataRules.labels(selector.path("matchLabels"), TypeRule.at(path, "matchLabels"), findings);
    }

    static void requirement(ObjectNode requirement, String path, Findings findings) {
        JsonNode values = requirement.path("values");
        String operator = Findings.text(requirement, "operator");
        switch (operator) {
            case "In", "NotIn" -> {
                if (values.isEmpty()) {
                    findings.required(TypeRule.at(path, "values"),
                            "must be specified when `operator` is 'In' or 'NotIn'");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!values.isEmpty()) {
                    findings.forbidden(TypeRule.at(path, "values"),
                            "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }
            }
            default -> findings.invalid(TypeRule.at(path, "operator"), operator, "not a valid selector operator");
        }
        String key = Findings.text(requirement, "key");
        findings.invalid(TypeRule.at(path, "key"), key, Names.qualified(key));
        for (int at = 0; at < values.size(); at++) {
            String value = values.get(at).asText();
            findings.invalid(TypeRule.at(path, "values", at), value, Names.labelValue(value));
        }
    }
}
