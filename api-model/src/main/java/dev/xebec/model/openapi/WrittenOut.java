package dev.xebec.model.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * What marks in a custom kind's schema stand for, written out: an embedded resource has a type and metadata, an integer or a
 * string is one of the two.
 *
 * <p>Source: apiextensions-apiserver {@code pkg/controller/openapi/builder/builder.go}, {@code pkg/apiserver/schema/unfold.go}.
 */
final class WrittenOut {
    private static final String CONVENTIONS = "More info: "
            + "https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md";
    private static final ArrayNode INTEGER_OR_STRING = Json.object().arrayNode()
            .add(Json.object().put("type", "integer")).add(Json.object().put("type", "string"));

    private WrittenOut() {}

    /** For OpenAPI v3; changes the schema, and returns it. */
    static ObjectNode of(ObjectNode schema) {
        children(schema).forEach(WrittenOut::of);
        integerOrString(schema);
        if (embedded(schema)) {
            fill(schema);
        }
        return schema;
    }

    /** For OpenAPI v2, where old clients refuse what is not named as soon as anything is; changes the schema, and returns it. */
    static ObjectNode inOldForm(ObjectNode schema) {
        children(schema).forEach(WrittenOut::inOldForm);
        if (embedded(schema) && !schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            fill(schema);
        }
        return schema;
    }

    private static List<ObjectNode> children(ObjectNode schema) {
        List<ObjectNode> children = new ArrayList<>();
        schema.path("properties").forEach(property -> add(property, children));
        add(schema.path("items"), children);
        add(schema.path("additionalProperties"), children);
        return children;
    }

    private static void add(JsonNode schema, List<ObjectNode> children) {
        if (schema instanceof ObjectNode child) {
            children.add(child);
        }
    }

    private static boolean embedded(ObjectNode schema) {
        return schema.path("x-kubernetes-embedded-resource").asBoolean();
    }

    private static void integerOrString(ObjectNode schema) {
        if (!schema.path("x-kubernetes-int-or-string").asBoolean()
                || schema.path("anyOf").equals(INTEGER_OR_STRING)
                || schema.path("allOf").path(0).path("anyOf").equals(INTEGER_OR_STRING)) {
            return;
        }
        if (schema.path("anyOf").isEmpty()) {
            schema.set("anyOf", INTEGER_OR_STRING.deepCopy());
        } else {
            ArrayNode all = Json.object().arrayNode();
            all.addObject().set("anyOf", INTEGER_OR_STRING.deepCopy());
            schema.path("allOf").forEach(all::add);
            schema.set("allOf", all);
        }
    }

    private static void fill(ObjectNode schema) {
        ObjectNode properties = schema.withObjectProperty("properties");
        properties.putObject("apiVersion").put("description",
                "apiVersion defines the versioned schema of this representation of an object. " + CONVENTIONS
                        + "#resources")
                .put("type", "string");
        properties.putObject("kind").put("description",
                "kind is a string value representing the type of this object. In CamelCase. " + CONVENTIONS
                        + "#types-kinds")
                .put("type", "string");
        CustomSchemas.metadata(properties);
        ArrayNode required = schema.withArrayProperty("required");
        for (String name : List.of("kind", "apiVersion")) {
            if (required.valueStream().noneMatch(present -> present.asText().equals(name))) {
                required.add(name);
            }
        }
    }
}
