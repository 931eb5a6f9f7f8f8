package dev.xebec.model.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.model.structural.Structural.CelRule;

/** Parts of a definition as kube-apiserver's messages show them: its own structures, as JSON with the names of Go's fields. */
final class GoForm {
    private GoForm() {}

    static ObjectNode rule(CelRule rule) {
        ObjectNode shown = Json.object().put("Rule", rule.rule()).put("Message", rule.message())
                .put("MessageExpression", rule.messageExpression())
                .put("Reason", rule.reason().isEmpty() ? null : rule.reason()).put("FieldPath", rule.fieldPath());
        return shown.put("OptionalOldSelf", rule.optionalOldSelf());
    }

    /** Versions without what all of them share: that stands beside them in kube-apiserver's own form. */
    static ArrayNode versions(JsonNode spec) {
        ArrayNode shown = Json.MAPPER.createArrayNode();
        for (JsonNode version : spec.path("versions")) {
            shown.addObject().put("Name", version.path("name").asText(""))
                    .put("Served", version.path("served").asBoolean())
                    .put("Storage", version.path("storage").asBoolean())
                    .put("Deprecated", version.path("deprecated").asBoolean()).putNull("DeprecationWarning")
                    .putNull("Schema").putNull("Subresources").putNull("AdditionalPrinterColumns")
                    .putNull("SelectableFields");
        }
        return shown;
    }
}
