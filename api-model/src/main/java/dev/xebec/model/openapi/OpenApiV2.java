package dev.xebec.model.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.Json;
import java.util.HashSet;
import java.util.Set;

/**
 * OpenAPI v2: one document with the definitions of all kinds. Paths are in v3 only: kubectl comes here with a kind that
 * v3 does not have, to learn that nobody has it.
 *
 * <p>Source: how Kubernetes writes v3 schemas as v2 definitions, {@code k8s.io/kube-openapi/pkg/builder}.
 */
public final class OpenApiV2 {
    private static final String REFERENCE = "#/components/schemas/";

    private OpenApiV2() {}

    /** The document as JSON. */
    public static ObjectNode document(KindRegistry registry) {
        Components components = new Components(registry);
        for (Kind kind : registry.all()) {
            components.reference(kind.name());
        }
        ObjectNode document = Json.object().put("swagger", "2.0");
        document.putObject("info").put("title", "Kubernetes").put("version", "unversioned");
        document.putObject("paths");
        ObjectNode definitions = document.putObject("definitions");
        Set<String> custom = new HashSet<>();
        registry.all().stream().filter(kind -> kind.custom() != null)
                .forEach(kind -> custom.add(CustomSchemas.name(kind.name())));
        components.tree().properties().forEach(schema -> definitions.set(schema.getKey(), definition(
                custom.contains(schema.getKey()) ? ReducedSchema.of(schema.getValue()) : schema.getValue())));
        return document;
    }

    /** The same document as a protobuf message {@code openapi.v2.Document}. */
    public static byte[] protobuf(KindRegistry registry) {
        return OpenApiV2Message.of(document(registry));
    }

    private static ObjectNode definition(JsonNode schema) {
        ObjectNode definition = Json.object();
        schema.properties().forEach(each -> {
            JsonNode value = each.getValue();
            switch (each.getKey()) {
                case "$ref" -> definition.put("$ref", value.asText().replace(REFERENCE, "#/definitions/"));
                case "allOf" -> definition.setAll(definition(value.path(0)));
                case "oneOf" -> definition.put("type", "string");
                case "items", "additionalProperties" -> definition.set(each.getKey(), definition(value));
                case "properties" -> {
                    ObjectNode properties = definition.putObject("properties");
                    value.properties().forEach(field -> properties.set(field.getKey(), definition(field.getValue())));
                }
                default -> definition.set(each.getKey(), value);
            }
        });
        return definition;
    }
}
