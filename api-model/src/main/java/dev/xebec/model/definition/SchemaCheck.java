package dev.xebec.model.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.structural.Structural;
import dev.xebec.model.structural.StructuralReader;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One version's schema: whether it is structural, what its defaults are, its keywords, and what its rules cost. */
final class SchemaCheck {
    private static final List<String> AT_ROOT = List.of("Description", "Type", "Format", "Title", "Maximum",
            "ExclusiveMaximum", "Minimum", "ExclusiveMinimum", "MaxLength", "MinLength", "Pattern", "MaxItems",
            "MinItems", "UniqueItems", "MultipleOf", "Required", "Items", "Properties", "ExternalDocs", "Example",
            "XPreserveUnknownFields", "XValidations");

    private final ObjectNode schema;
    private final JsonNode before;
    private final String path;
    private final Problems problems;

    /** @param before the same version's schema before; missing for none */
    SchemaCheck(ObjectNode schema, JsonNode before, String path, Problems problems) {
        this.schema = schema;
        this.before = before;
        this.path = path;
        this.problems = problems;
    }

    /** @param status whether the version has a status of its own, whose schema is then judged alone */
    void check(boolean status) {
        if (status) {
            root();
        }
        if (schema.path("nullable").asBoolean()) {
            problems.forbidden(path + ".nullable", "nullable cannot be true at the root");
        }
        List<FieldError> structural = before instanceof ObjectNode old && !StructuralCheck.check(old, path).isEmpty()
                ? List.of()
                : StructuralCheck.check(schema, path);
        problems.addAll(structural);
        Structural structure = StructuralReader.read(schema);
        boolean sound = structural.isEmpty();
        if (sound) {
            List<FieldError> defaults = DefaultCheck.check(structure, path);
            problems.addAll(defaults);
            sound = defaults.isEmpty();
        }
        TotalCost total = new TotalCost();
        Keywords keywords = new Keywords(schema.equals(before), total);
        problems.addAll(keywords.check(schema, structure, path, sound));
        problems.addAll(total.errors(path));
    }

    private void root() {
        for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
            if (keyword.getKey().equals("type")) {
                if (!keyword.getValue().asText().equals("object")) {
                    problems.invalid(path + ".type", keyword.getValue(),
                            "only \"object\" is allowed as the type at the root of the schema if the status subresource "
                                    + "is enabled");
                    return;
                }
            } else if (isSaid(keyword.getValue()) && !AT_ROOT.contains(goName(keyword.getKey()))) {
                problems.invalid(path, schema, "only [" + String.join(" ", AT_ROOT)
                        + "] fields are allowed at the root of the schema if the status subresource is enabled");
                return;
            }
        }
    }

    private static boolean isSaid(JsonNode value) {
        return !value.isNull() && !(value.isContainerNode() && value.isEmpty())
                && !(value.isBoolean() && !value.asBoolean());
    }

    private static String goName(String keyword) {
        return switch (keyword) {
            case "x-kubernetes-preserve-unknown-fields" -> "XPreserveUnknownFields";
            case "x-kubernetes-validations" -> "XValidations";
            default -> keyword.isEmpty()
                    ? ""
                    : keyword.substring(0, 1).toUpperCase(Locale.ROOT) + keyword.substring(1);
        };
    }
}
