package dev.xebec.model.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.structural.Structural.CelRule;

/**
 * Values as Go shows structures, which kube-apiserver's messages do. Wrapped, so that they are not quoted again.
 */
final class GoForm {
    private static final String PACKAGE = "apiextensions.";

    private GoForm() {}

    /** A text that an error shows as it stands. */
    record Shown(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    static Shown rule(CelRule rule) {
        return new Shown(PACKAGE + "ValidationRule{Rule:" + quoted(rule.rule()) + ", Message:" + quoted(rule.message())
                + ", MessageExpression:" + quoted(rule.messageExpression())
                + ", Reason:(*apiextensions.FieldValueErrorReason)(" + (rule.reason().isEmpty() ? "nil" : "0x0")
                + "), FieldPath:" + quoted(rule.fieldPath()) + ", OptionalOldSelf:(*bool)("
                + (rule.optionalOldSelf() == null ? "nil" : "0x0") + ")}");
    }

    static Shown strings(JsonNode list) {
        StringBuilder text = new StringBuilder("[]string{");
        for (int at = 0; at < list.size(); at++) {
            text.append(at == 0 ? "" : ", ").append(quoted(list.get(at).asText()));
        }
        return new Shown(text.append('}').toString());
    }

    /** Versions without what all of them share: that stands beside them in kube-apiserver's own form. */
    static Shown versions(JsonNode spec) {
        StringBuilder text = new StringBuilder("[]" + PACKAGE + "CustomResourceDefinitionVersion{");
        String separator = "";
        for (JsonNode version : spec.path("versions")) {
            text.append(separator).append(PACKAGE).append("CustomResourceDefinitionVersion{Name:")
                    .append(quoted(version.path("name").asText(""))).append(", Served:")
                    .append(version.path("served").asBoolean()).append(", Storage:")
                    .append(version.path("storage").asBoolean()).append(", Deprecated:")
                    .append(version.path("deprecated").asBoolean())
                    .append(", DeprecationWarning:(*string)(nil), Schema:(*apiextensions.CustomResourceValidation)(nil), "
                            + "Subresources:(*apiextensions.CustomResourceSubresources)(nil), AdditionalPrinterColumns:"
                            + "[]apiextensions.CustomResourceColumnDefinition(nil), SelectableFields:"
                            + "[]apiextensions.SelectableField(nil)}");
            separator = ", ";
        }
        return new Shown(text.append('}').toString());
    }

    static String quoted(String text) {
        return ObjectNode.class.cast(dev.xebec.model.object.Json.object().put("t", text)).get("t").toString();
    }
}
