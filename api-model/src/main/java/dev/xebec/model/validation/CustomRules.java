package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.cel.SchemaRules;
import dev.xebec.model.custom.CustomType;
import dev.xebec.model.names.Names;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.structural.ListTypes;
import dev.xebec.model.structural.Structural;
import dev.xebec.model.structural.ValueCheck;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a custom resource's schema says of an object, after its metadata was judged.
 *
 * <p>Source: apiextensions-apiserver {@code pkg/registry/customresource/strategy.go}, {@code validator.go}.
 */
final class CustomRules {
    private static final String UNCHECKED = "some validation rules were not checked because the object was invalid; "
            + "correct the existing errors to complete validation";

    private CustomRules() {}

    /** @param before null for a new object */
    static void check(CustomType type, ObjectNode now, @Nullable ObjectNode before, Findings findings) {
        Structural schema = type.structure();
        ValueCheck.check(schema, now, before, "").forEach(findings::add);
        scale(type, now, findings);
        embedded(schema, now, "", findings);
        finish(type, now, before, findings);
    }

    static void checkStatus(CustomType type, ObjectNode now, ObjectNode before, Findings findings) {
        JsonNode status = now.get("status");
        Structural schema = type.structure().properties().get("status");
        if (status != null && schema != null) {
            ValueCheck.check(schema, status, before.get("status"), "status").forEach(findings::add);
        }
        if (type.scale() != null) {
            replicas(now, type.scale().statusReplicas(), findings);
        }
        embedded(type.structure(), now, "", findings);
        finish(type, now, before, findings);
    }

    private static void finish(CustomType type, ObjectNode now, @Nullable ObjectNode before, Findings findings) {
        if (before == null || ListTypes.check(type.structure(), before, "").isEmpty()) {
            ListTypes.check(type.structure(), now, "").forEach(findings::add);
        }
        SchemaRules rules = type.rules();
        if (rules == null) {
            return;
        }
        if (findings.list().stream().anyMatch(CustomRules::blocks)) {
            findings.invalid("<nil>", Findings.NOTHING, UNCHECKED);
        } else {
            rules.check(now, before, findings::tolerate).forEach(findings::add);
        }
    }

    /** What is wrong in these ways would lead rules astray. */
    private static boolean blocks(FieldError error) {
        return Set.of(FieldError.Type.NOT_SUPPORTED, FieldError.Type.REQUIRED, FieldError.Type.TOO_LONG,
                FieldError.Type.TOO_MANY, FieldError.Type.TYPE_INVALID).contains(error.type());
    }

    private static void scale(CustomType type, ObjectNode object, Findings findings) {
        if (type.scale() != null) {
            replicas(object, type.scale().specReplicas(), findings);
            replicas(object, type.scale().statusReplicas(), findings);
        }
    }

    private static void replicas(ObjectNode object, String path, Findings findings) {
        JsonNode value = object;
        String dotted = path.startsWith(".") ? path.substring(1) : path;
        for (String field : dotted.split("\\.")) {
            value = value.path(field);
        }
        if (value.isIntegralNumber() && value.decimalValue().signum() < 0) {
            findings.invalid(dotted, value, "should be a non-negative integer");
        } else if (value.isIntegralNumber() && !value.canConvertToInt()) {
            findings.invalid(dotted, value, "should be less than or equal to " + Integer.MAX_VALUE);
        }
    }

    private static void embedded(Structural schema, JsonNode value, String path, Findings findings) {
        if (value instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> entry : object.properties()) {
                Structural property = schema.properties().get(entry.getKey());
                String at = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
                if (property == null && schema.additional() != null) {
                    property = schema.additional();
                    at = path + "[" + entry.getKey() + "]";
                }
                if (property != null && entry.getValue().isContainerNode()) {
                    whole(property, entry.getValue(), at, findings);
                }
            }
        } else if (value instanceof ArrayNode array && schema.items() != null) {
            for (int at = 0; at < array.size(); at++) {
                whole(schema.items(), array.get(at), path + "[" + at + "]", findings);
            }
        }
    }

    private static void whole(Structural schema, JsonNode value, String path, Findings findings) {
        if (schema.x().embedded() && value instanceof ObjectNode object) {
            type(object, path, findings);
            JsonNode metadata = object.path("metadata");
            MetadataRules.labels(metadata.path("labels"), path + ".metadata.labels", findings);
            MetadataRules.annotations(metadata.path("annotations"), path + ".metadata.annotations", findings);
        }
        embedded(schema, value, path, findings);
    }

    private static void type(ObjectNode object, String path, Findings findings) {
        for (String field : List.of("apiVersion", "kind")) {
            JsonNode value = object.get(field);
            if (value == null) {
                findings.required(path + "." + field, "");
            } else if (!value.isTextual()) {
                findings.invalid(path + "." + field, value, "must be a string");
            } else if (value.asText().isEmpty()) {
                findings.invalid(path + "." + field, "", "must not be empty");
            } else if (field.equals("kind")) {
                List<String> wrong = Names.label1035(value.asText().toLowerCase(Locale.ROOT));
                if (!wrong.isEmpty()) {
                    findings.invalid(path + ".kind", value.asText(),
                            "may have mixed case, but should otherwise match: " + String.join(",", wrong));
                }
            } else if (value.asText().indexOf('/') != value.asText().lastIndexOf('/')) {
                findings.invalid(path + ".apiVersion", value.asText(),
                        "unexpected GroupVersion string: " + value.asText());
            }
        }
    }
}
