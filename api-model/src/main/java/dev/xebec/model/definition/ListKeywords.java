package dev.xebec.model.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The extensions that say how lists and maps merge. */
final class ListKeywords {
    private static final String LIST_TYPE = "x-kubernetes-list-type";
    private static final String MAP_TYPE = "x-kubernetes-map-type";
    private static final String KEYS = "x-kubernetes-list-map-keys";
    private static final List<String> MAP_TYPES = List.of("atomic", "granular");
    private static final List<String> LIST_TYPES = List.of("atomic", "set", "map");

    private ListKeywords() {}

    static void check(JsonNode schema, String path, Problems problems) {
        JsonNode preserve = schema.path("x-kubernetes-preserve-unknown-fields");
        if (preserve.isBoolean() && !preserve.asBoolean()) {
            problems.invalid(path + ".x-kubernetes-preserve-unknown-fields", false, "must be true or undefined");
        }
        String type = DefinitionRules.text(schema, "type");
        if (schema.hasNonNull(MAP_TYPE)) {
            needs("object", type, MAP_TYPE, path, problems);
            supported(schema, MAP_TYPE, MAP_TYPES, path, problems);
        }
        if (schema.hasNonNull(LIST_TYPE)) {
            if (!type.equals("array")) {
                needs("array", type, LIST_TYPE, path, problems);
            } else if (DefinitionRules.text(schema, LIST_TYPE).equals("set")) {
                set(schema.path("items"), path + ".items", problems);
            }
            supported(schema, LIST_TYPE, LIST_TYPES, path, problems);
        }
        keys(schema, path, problems);
    }

    private static void needs(String wanted, String type, String keyword, String path, Problems problems) {
        String wrong = "must be " + wanted + " if " + keyword + " is specified";
        if (type.isEmpty()) {
            problems.required(path + ".type", wrong);
        } else if (!type.equals(wanted)) {
            problems.invalid(path + ".type", type, wrong);
        }
    }

    private static void supported(JsonNode schema, String keyword, List<String> values, String path,
            Problems problems) {
        String value = DefinitionRules.text(schema, keyword);
        if (!values.contains(value)) {
            problems.notSupported(path + "." + keyword, value, values);
        }
    }

    /** Elements of a set are compared as wholes. */
    private static void set(JsonNode items, String path, Problems problems) {
        String wrong = "must be atomic as item of a list with x-kubernetes-list-type=set";
        if (DefinitionRules.text(items, "type").equals("array") && items.hasNonNull(LIST_TYPE)
                && !DefinitionRules.text(items, LIST_TYPE).equals("atomic")) {
            problems.invalid(path + "." + LIST_TYPE, DefinitionRules.text(items, LIST_TYPE), wrong);
        }
        if (DefinitionRules.text(items, "type").equals("object")
                && !DefinitionRules.text(items, MAP_TYPE).equals("atomic")) {
            Object shown = items.hasNonNull(LIST_TYPE) ? DefinitionRules.text(items, LIST_TYPE) : NullNode.instance;
            problems.invalid(path + "." + MAP_TYPE, shown, wrong);
        }
    }

    private static void keys(JsonNode schema, String path, Problems problems) {
        JsonNode keys = schema.path(KEYS);
        String listType = DefinitionRules.text(schema, LIST_TYPE);
        if (!keys.isEmpty() && !listType.equals("map")) {
            String wrong = "must be map if x-kubernetes-list-map-keys is non-empty";
            if (schema.hasNonNull(LIST_TYPE)) {
                problems.invalid(path + "." + LIST_TYPE, listType, wrong);
            } else {
                problems.required(path + "." + LIST_TYPE, wrong);
            }
        }
        JsonNode items = schema.path("items");
        if (listType.equals("map")) {
            map(keys, items, path, problems);
        }
        if ((listType.equals("map") || listType.equals("set")) && items.isObject()) {
            nullable(schema, listType, path, problems);
        }
    }

    private static void map(JsonNode keys, JsonNode items, String path, Problems problems) {
        if (keys.isEmpty()) {
            problems.required(path + "." + KEYS, "must not be empty if x-kubernetes-list-type is map");
        }
        if (items.isMissingNode() || items.isNull()) {
            problems.required(path + ".items", "must have a schema if x-kubernetes-list-type is map");
        }
        if (!items.isObject()) {
            return;
        }
        if (!DefinitionRules.text(items, "type").equals("object")) {
            problems.invalid(path + ".items.type", DefinitionRules.text(items, "type"),
                    "must be object if parent array's x-kubernetes-list-type is map");
            return;
        }
        Set<String> seen = new HashSet<>();
        for (JsonNode key : keys) {
            JsonNode property = items.path("properties").path(key.asText());
            if (property.isMissingNode()) {
                problems.invalid(path + "." + KEYS, keys,
                        "entries must all be names of item properties");
            } else if (Set.of("array", "object").contains(DefinitionRules.text(property, "type"))) {
                problems.invalid(path + ".items.properties[" + key.asText() + "].type",
                        DefinitionRules.text(items, "type"),
                        "must be a scalar type if parent array's x-kubernetes-list-type is map");
            }
            if (!seen.add(key.asText())) {
                problems.invalid(path + "." + KEYS, keys, "must not contain duplicate entries");
            }
        }
    }

    private static void nullable(JsonNode schema, String listType, String path, Problems problems) {
        JsonNode items = schema.path("items");
        if (items.path("nullable").asBoolean()) {
            problems.forbidden(path + ".items.nullable",
                    "cannot be nullable when x-kubernetes-list-type is " + listType);
        }
        if (!listType.equals("map")) {
            return;
        }
        Set<String> required = new HashSet<>();
        items.path("required").forEach(name -> required.add(name.asText()));
        for (JsonNode key : schema.path(KEYS)) {
            JsonNode property = items.path("properties").path(key.asText());
            String at = path + ".items.properties[" + key.asText() + "]";
            if (property.isObject() && !required.contains(key.asText()) && !property.hasNonNull("default")) {
                problems.required(at + ".default", "this property is in x-kubernetes-list-map-keys, so it must have a "
                        + "default or be a required property");
            }
            if (property.path("nullable").asBoolean()) {
                problems.forbidden(at + ".nullable",
                        "this property is in x-kubernetes-list-map-keys, so it cannot be nullable");
            }
        }
    }
}
