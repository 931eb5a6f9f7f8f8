package dev.xebec.model.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.custom.CustomType;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The schemas of custom kinds in OpenAPI documents: what the definition says, and the metadata that every object has.
 *
 * <p>Source: apiextensions-apiserver {@code pkg/controller/openapi/builder/builder.go}.
 */
final class CustomSchemas {
    private static final String META = "#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.";
    private static final String API_VERSION = "APIVersion defines the versioned schema of this representation of an object. "
            + "Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. "
            + "More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources";
    private static final String KIND = "Kind is a string value representing the REST resource this object represents. "
            + "Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. "
            + "More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds";

    private CustomSchemas() {}

    /** {@code com.example.v1.Ship} for a kind of {@code example.com/v1}. */
    static String name(GroupVersionKind kind) {
        List<String> parts = new ArrayList<>(List.of(kind.group().split("\\.")));
        Collections.reverse(parts);
        return String.join(".", parts) + "." + kind.version() + "." + kind.kind();
    }

    /** As the definition says it: what its marks stand for is not written out. */
    static ObjectNode object(Kind kind, CustomType custom) {
        ObjectNode schema = custom.openApiSchema().deepCopy();
        if (!schema.has("type")) {
            schema.put("type", "object");
        }
        ObjectNode properties = Json.object();
        typeMeta(properties);
        metadata(properties);
        schema.path("properties").properties().forEach(own -> {
            if (!properties.has(own.getKey())) {
                properties.set(own.getKey(), own.getValue());
            }
        });
        schema.set("properties", properties);
        selectable(kind, schema);
        return schema;
    }

    static void metadata(ObjectNode properties) {
        ObjectNode metadata = properties.putObject("metadata").put("description",
                "Standard object's metadata. More info: "
                        + "https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata");
        metadata.putArray("allOf").addObject().put("$ref", META + "ObjectMeta");
    }

    private static void selectable(Kind kind, ObjectNode schema) {
        if (!kind.selectableFields().isEmpty()) {
            ArrayNode fields = schema.putArray("x-kubernetes-selectable-fields");
            kind.selectableFields().forEach(path -> fields.addObject().put("fieldPath", path));
        }
    }

    static ObjectNode list(Kind kind) {
        ObjectNode schema = Json.object().put("description", kind.listKind() + " is a list of " + kind.name().kind())
                .put("type", "object");
        ArrayNode required = schema.putArray("required");
        required.add("items");
        ObjectNode properties = schema.putObject("properties");
        typeMeta(properties);
        ObjectNode items = properties.putObject("items").put("description", "List of " + kind.plural() + ".").put(
                "type",
                "array");
        items.putObject("items").put("$ref", "#/components/schemas/" + name(kind.name()));
        properties.putObject("metadata").put("description", "Standard list metadata.").putArray("allOf").addObject()
                .put("$ref", META + "ListMeta");
        selectable(kind, schema);
        return schema;
    }

    private static void typeMeta(ObjectNode properties) {
        properties.putObject("apiVersion").put("description", API_VERSION).put("type", "string");
        properties.putObject("kind").put("description", KIND).put("type", "string");
    }
}
