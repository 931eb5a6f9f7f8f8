package dev.xebec.model.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.structural.RegularExpression;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether a schema is structural: each place has one type that is said outside of {@code allOf}, {@code anyOf},
 * {@code oneOf} and {@code not}, which only judge what is declared elsewhere.
 *
 * <p>Source: apiextensions-apiserver {@code pkg/apiserver/schema/validation.go}.
 */
final class StructuralCheck {
    private static final Set<String> ROOT_METADATA = Set.of("name", "generateName");

    private final Problems problems = new Problems();

    /** Where a node stands, which decides how errors are worded. */
    private enum Level {
        ROOT("must not be empty at the root"), ITEM("must not be empty for specified array items"), FIELD(
                "must not be empty for specified object fields");

        private final String noType;

        Level(String noType) {
            this.noType = noType;
        }
    }

    private StructuralCheck() {}

    /** What is wrong, sorted as kube-apiserver sorts it. */
    static List<FieldError> check(ObjectNode schema, String path) {
        StructuralCheck check = new StructuralCheck();
        check.node(schema, Level.ROOT, path);
        check.complete(schema, path);
        return check.problems.list().stream().sorted(Comparator.comparing(FieldError::toString)).toList();
    }

    private void node(JsonNode schema, Level level, String path) {
        String type = DefinitionRules.text(schema, "type");
        boolean embedded = schema.path("x-kubernetes-embedded-resource").asBoolean();
        boolean preserve = schema.path("x-kubernetes-preserve-unknown-fields").asBoolean();
        boolean intOrString = schema.path("x-kubernetes-int-or-string").asBoolean();
        if (type.equals("array") && !schema.path("items").isObject()) {
            problems.required(path + ".items", "must be specified");
        }
        if (schema.path("items").isObject()) {
            node(schema.path("items"), Level.ITEM, path + ".items");
        }
        schema.path("properties").properties().forEach(
                property -> node(property.getValue(), Level.FIELD, path + ".properties[" + property.getKey() + "]"));
        JsonNode additional = schema.get("additionalProperties");
        if (additional != null && !additional.isNull()) {
            if (level == Level.ROOT) {
                problems.forbidden(path + ".additionalProperties", "must not be used at the root");
            }
            if (additional.isObject()) {
                node(additional, Level.FIELD, path + ".additionalProperties");
            }
            if (embedded) {
                problems.forbidden(path + ".additionalProperties",
                        "must not be used if x-kubernetes-embedded-resource is set");
            }
        }
        if (intOrString && preserve) {
            problems.invalid(path + ".x-kubernetes-preserve-unknown-fields", true,
                    "must be false if x-kubernetes-int-or-string is true");
        }
        if (intOrString && embedded) {
            problems.invalid(path + ".x-kubernetes-embedded-resource", true,
                    "must be false if x-kubernetes-int-or-string is true");
        }
        values(schema, isIntOrString(schema.path("anyOf")), isIntOrString(schema.path("allOf").path(0).path("anyOf")),
                path);
        type(schema, type, level, path);
        metadata(schema, level, path);
    }

    private void type(JsonNode schema, String type, Level level, String path) {
        boolean embedded = schema.path("x-kubernetes-embedded-resource").asBoolean();
        boolean preserve = schema.path("x-kubernetes-preserve-unknown-fields").asBoolean();
        if (embedded && !type.equals("object")) {
            String wrong = "must be object if x-kubernetes-embedded-resource is true";
            if (type.isEmpty()) {
                problems.required(path + ".type", wrong);
            } else {
                problems.invalid(path + ".type", type, wrong);
            }
        } else if (type.isEmpty() && !schema.path("x-kubernetes-int-or-string").asBoolean() && !preserve) {
            problems.required(path + ".type", level.noType);
        }
        if (level == Level.ROOT && !type.isEmpty() && !type.equals("object")) {
            problems.invalid(path + ".type", type, "must be object at the root");
        }
        if (embedded && !preserve && schema.path("properties").isEmpty()) {
            problems.required(path + ".properties",
                    "must not be empty if x-kubernetes-embedded-resource is true without "
                            + "x-kubernetes-preserve-unknown-fields");
        }
    }

    private void metadata(JsonNode schema, Level level, String path) {
        if (level != Level.ROOT && !schema.path("x-kubernetes-embedded-resource").asBoolean()) {
            return;
        }
        JsonNode properties = schema.path("properties");
        for (String field : List.of("kind", "apiVersion")) {
            if (properties.has(field) && !DefinitionRules.text(properties.path(field), "type").equals("string")) {
                problems.invalid(path + ".properties[" + field + "].type",
                        DefinitionRules.text(properties.path(field), "type"), "must be string");
            }
        }
        JsonNode metadata = properties.get("metadata");
        if (metadata == null) {
            return;
        }
        String at = path + ".properties[metadata]";
        if (!DefinitionRules.text(metadata, "type").equals("object")) {
            problems.invalid(at + ".type", DefinitionRules.text(metadata, "type"), "must be object");
        }
        if (level == Level.ROOT && saysMore(metadata)) {
            problems.forbidden(at, "must not specify anything other than name and generateName, but metadata is "
                    + "implicitly specified");
        }
    }

    private static boolean saysMore(JsonNode metadata) {
        for (Map.Entry<String, JsonNode> keyword : metadata.properties()) {
            switch (keyword.getKey()) {
                case "type", "default" -> {
                    // Judged elsewhere.
                }
                case "properties" -> {
                    for (Map.Entry<String, JsonNode> property : keyword.getValue().properties()) {
                        if (!ROOT_METADATA.contains(property.getKey())) {
                            return true;
                        }
                    }
                }
                default -> {
                    if (!keyword.getValue().isNull()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** {@code anyOf: [{type: integer}, {type: string}]}, the one place where alternatives may name types. */
    static boolean isIntOrString(JsonNode anyOf) {
        return anyOf.size() == 2 && isOnlyType(anyOf.get(0), "integer") && isOnlyType(anyOf.get(1), "string");
    }

    private static boolean isOnlyType(JsonNode schema, String type) {
        return schema.size() == 1 && DefinitionRules.text(schema, "type").equals(type);
    }

    private void values(JsonNode schema, boolean skipAnyOf, boolean skipFirstAllOf, String path) {
        JsonNode anyOf = schema.path("anyOf");
        for (int at = 0; at < anyOf.size() && !skipAnyOf; at++) {
            nested(anyOf.get(at), false, path + ".anyOf[" + at + "]");
        }
        JsonNode allOf = schema.path("allOf");
        for (int at = 0; at < allOf.size(); at++) {
            nested(allOf.get(at), skipFirstAllOf && at == 0, path + ".allOf[" + at + "]");
        }
        JsonNode oneOf = schema.path("oneOf");
        for (int at = 0; at < oneOf.size(); at++) {
            nested(oneOf.get(at), false, path + ".oneOf[" + at + "]");
        }
        if (schema.path("not").isObject()) {
            nested(schema.path("not"), false, path + ".not");
        }
        String pattern = DefinitionRules.text(schema, "pattern");
        String wrong = pattern.isEmpty() ? null : RegularExpression.wrong(pattern);
        if (wrong != null) {
            problems.invalid(path + ".pattern", pattern, "must be a valid regular expression, but isn't: " + wrong);
        }
    }

    private void nested(JsonNode schema, boolean skipAnyOf, String path) {
        values(schema, skipAnyOf, false, path);
        if (schema.path("items").isObject()) {
            nested(schema.path("items"), false, path + ".items");
        }
        schema.path("properties").properties().forEach(
                property -> nested(property.getValue(), false, path + ".properties[" + property.getKey() + "]"));
        for (String keyword : List.of("type", "title", "description", "x-kubernetes-list-map-keys",
                "x-kubernetes-validations")) {
            JsonNode value = schema.path(keyword);
            if (!value.asText("").isEmpty() || !value.isEmpty()) {
                problems.forbidden(path + "." + keyword, "must be empty to be structural");
            }
        }
        for (String keyword : List.of("additionalProperties", "default", "externalDocs", "x-kubernetes-list-type",
                "x-kubernetes-map-type")) {
            if (schema.hasNonNull(keyword)) {
                problems.forbidden(path + "." + keyword, "must be undefined to be structural");
            }
        }
        for (String keyword : List.of("nullable", "x-kubernetes-preserve-unknown-fields",
                "x-kubernetes-embedded-resource", "x-kubernetes-int-or-string")) {
            if (schema.path(keyword).asBoolean()) {
                problems.forbidden(path + "." + keyword, "must be false to be structural");
            }
        }
        if (schema.path("properties").has("metadata")) {
            problems.forbidden(path + ".properties[metadata]", "must not be specified in a nested context");
        }
    }

    /** What alternatives judge has to be declared outside of them. */
    private void complete(JsonNode schema, String path) {
        alternatives(schema, schema, path, path);
        if (schema.path("items").isObject()) {
            complete(schema.path("items"), path + ".items");
        }
        schema.path("properties").properties()
                .forEach(property -> complete(property.getValue(), path + ".properties[" + property.getKey() + "]"));
        if (schema.path("additionalProperties").isObject()) {
            complete(schema.path("additionalProperties"), path + ".additionalProperties");
        }
    }

    private void alternatives(JsonNode judging, JsonNode structure, String path, String at) {
        for (String junctor : List.of("allOf", "anyOf", "oneOf")) {
            JsonNode schemas = judging.path(junctor);
            for (int index = 0; index < schemas.size(); index++) {
                declared(schemas.get(index), structure, path, at + "." + junctor + "[" + index + "]");
            }
        }
        if (judging.path("not").isObject()) {
            declared(judging.path("not"), structure, path, at + ".not");
        }
    }

    /** @param at where the judging schema stands */
    private void declared(JsonNode judged, JsonNode structure, String path, String at) {
        if (judged.path("items").isObject()) {
            if (structure.path("items").isObject()) {
                declared(judged.path("items"), structure.path("items"), path + ".items", at + ".items");
            } else {
                problems.required(path + ".items", "because it is defined in " + at + ".items");
            }
        }
        for (Map.Entry<String, JsonNode> property : judged.path("properties").properties()) {
            JsonNode same = structure.path("properties").path(property.getKey());
            String below = ".properties[" + property.getKey() + "]";
            if (same.isObject()) {
                declared(property.getValue(), same, path + below, at + below);
            } else {
                problems.required(path + below, "because it is defined in " + at + below);
            }
        }
        alternatives(judged, structure, path, at);
    }
}
