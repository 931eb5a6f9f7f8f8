package dev.xebec.model.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * OpenAPI v2: one document with the definitions of all kinds. Paths are in v3 only: kubectl comes here with a kind that
 * v3 does not have, to learn that nobody has it.
 *
 * <p>Source: how Kubernetes writes v3 schemas as v2 definitions, {@code k8s.io/kube-openapi/pkg/builder}.
 */
public final class OpenApiV2 {
    private static final String REFERENCE = "#/components/schemas/";
    private static final String TITLE = "Kubernetes";
    private static final String VERSION = "unversioned";

    private OpenApiV2() {}

    /** The document as JSON. */
    public static byte[] json(KindRegistry registry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(text("{\"swagger\":\"2.0\",\"info\":{\"title\":\"" + TITLE + "\",\"version\":\"" + VERSION
                + "\"},\"paths\":{},\"definitions\":"));
        byte[] before = text("{");
        for (Map.Entry<String, Supplier<ObjectNode>> each : definitions(registry).entrySet()) {
            bytes.writeBytes(before);
            bytes.writeBytes(Json.bytes(TextNode.valueOf(each.getKey())));
            bytes.write(':');
            bytes.writeBytes(Json.bytes(each.getValue().get()));
            before = text(",");
        }
        bytes.writeBytes(text("}}"));
        return bytes.toByteArray();
    }

    /** The same document as a protobuf message {@code openapi.v2.Document}. */
    public static byte[] protobuf(KindRegistry registry) {
        return OpenApiV2Message.of(TITLE, VERSION, definitions(registry));
    }

    /**
     * By name. Those of custom kinds are made when they are written, one after the other: a thousand of them at once, as
     * trees, are more than a server has room for.
     */
    private static Map<String, Supplier<ObjectNode>> definitions(KindRegistry registry) {
        Components builtIn = new Components(registry);
        Map<String, Supplier<ObjectNode>> definitions = new TreeMap<>();
        for (Kind kind : registry.all()) {
            if (kind.custom() == null) {
                builtIn.reference(kind.name());
            } else {
                definitions.put(CustomSchemas.name(kind.name()), () -> definition(
                        ReducedSchema.ofObject(Components.custom(registry, kind))));
            }
        }
        builtIn.tree().properties()
                .forEach(schema -> definitions.putIfAbsent(schema.getKey(), () -> definition(schema.getValue())));
        return definitions;
    }

    private static byte[] text(String ascii) {
        return ascii.getBytes(StandardCharsets.UTF_8);
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
