package dev.xebec.model.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.xebec.model.custom.CustomType;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * OpenAPI v2: one document with the paths and the definitions of all kinds, for what generates clients, and for old ones.
 *
 * <p>Source: kube-openapi {@code pkg/builder}.
 */
public final class OpenApiV2 {
    private static final String REFERENCE = "#/components/schemas/";
    private static final String TITLE = "Kubernetes";
    /** Defaults that say nothing are said in v3 only. */
    private static final Set<String> ZEROS = Set.of("\"\"", "{}", "0", "false");

    private final KindRegistry registry;
    private final Components builtIn;
    private final PathsV2 paths = new PathsV2(this::reference);
    private final Map<String, Supplier<ObjectNode>> ofCustom = new TreeMap<>();

    private OpenApiV2(KindRegistry registry) {
        this.registry = registry;
        this.builtIn = new Components(registry, new GroupVersion("", "v1"));
    }

    /** The document as JSON. */
    public static byte[] json(KindRegistry registry) {
        OpenApiV2 document = new OpenApiV2(registry);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(text("{\"swagger\":\"2.0\",\"info\":{\"title\":\"" + TITLE + "\",\"version\":\""
                + OpenApiV3.VERSION + "\"},\"paths\":"));
        write(bytes, document.paths());
        bytes.writeBytes(text(",\"definitions\":"));
        write(bytes, document.definitions());
        bytes.writeBytes(text(",\"parameters\":"));
        bytes.writeBytes(Json.bytes(document.parameters()));
        bytes.writeBytes(text(",\"securityDefinitions\":"));
        bytes.writeBytes(Json.bytes(security()));
        bytes.writeBytes(text(",\"security\":[{\"BearerToken\":[]}]}"));
        return bytes.toByteArray();
    }

    private static void write(ByteArrayOutputStream bytes, Map<String, Supplier<ObjectNode>> parts) {
        byte[] before = text("{");
        for (Map.Entry<String, Supplier<ObjectNode>> each : parts.entrySet()) {
            bytes.writeBytes(before);
            bytes.writeBytes(Json.bytes(TextNode.valueOf(each.getKey())));
            bytes.write(':');
            bytes.writeBytes(Json.bytes(each.getValue().get()));
            before = text(",");
        }
        bytes.writeBytes(text(parts.isEmpty() ? "{}" : "}"));
    }

    /** The same document as a protobuf message {@code openapi.v2.Document}. */
    public static byte[] protobuf(KindRegistry registry) {
        OpenApiV2 document = new OpenApiV2(registry);
        return OpenApiV2Message.of(TITLE, OpenApiV3.VERSION, document.paths(), document::definitions,
                document::parameters);
    }

    private static ObjectNode security() {
        ObjectNode security = Json.object();
        security.putObject("BearerToken").put("description", "A bearer token.").put("type", "apiKey")
                .put("name", "authorization").put("in", "header");
        return security;
    }

    /**
     * By path, each made when it is written, as definitions are: a thousand custom kinds at once, as trees, are more than a
     * server has room for.
     */
    private Map<String, Supplier<ObjectNode>> paths() {
        Map<String, Supplier<ObjectNode>> all = new TreeMap<>();
        ServerDocuments.of(registry).values().forEach(operation -> add(all, List.of(operation)));
        for (GroupVersion version : registry.groupVersions()) {
            if (registry.of(version).stream().anyMatch(kind -> kind.custom() == null)) {
                add(all, List.of(ServerDocuments.resources(version)));
            }
        }
        for (Kind kind : registry.all()) {
            add(all, Operations.of(kind, registry));
        }
        return all;
    }

    private void add(Map<String, Supplier<ObjectNode>> all, List<Operation> operations) {
        PathItems.of(operations).forEach((path, item) -> all.put(path, () -> {
            builtIn.about(operations.get(0).about());
            return paths.item(item);
        }));
    }

    private ObjectNode reference(GroupVersionKind name) {
        for (Kind kind : registry.of(name.groupVersion())) {
            CustomType type = kind.custom();
            if (type != null && kind.name().equals(name)) {
                return custom(name, () -> definition(WrittenOut
                        .inOldForm(ReducedSchema.ofObject(CustomSchemas.object(kind, type)))));
            }
            if (type != null && kind.listKind().equals(name.kind())) {
                return custom(name, () -> definition(CustomSchemas.list(kind)));
            }
        }
        return definition(builtIn.reference(name).or(() -> builtIn.type(name))
                .orElseGet(() -> Json.object().put("type", "string")));
    }

    private ObjectNode custom(GroupVersionKind name, Supplier<ObjectNode> definition) {
        String key = CustomSchemas.name(name);
        ofCustom.putIfAbsent(key, () -> {
            ObjectNode tree = definition.get();
            if (!tree.has("x-kubernetes-group-version-kind")) {
                tree.putArray("x-kubernetes-group-version-kind").addObject().put("group", name.group())
                        .put("kind", name.kind()).put("version", name.version());
            }
            return tree;
        });
        return Json.object().put("$ref", "#/definitions/" + key);
    }

    /** By name; what the paths refer to, once they are written. */
    private Map<String, Supplier<ObjectNode>> definitions() {
        builtIn.patch();
        Map<String, Supplier<ObjectNode>> definitions = new TreeMap<>(ofCustom);
        builtIn.metadata();
        builtIn.tree().properties()
                .forEach(schema -> definitions.putIfAbsent(schema.getKey(), () -> definition(schema.getValue())));
        return definitions;
    }

    /** What the paths refer to, once they are written. */
    private ObjectNode parameters() {
        ObjectNode tree = Json.object();
        paths.shared().forEach(tree::set);
        return tree;
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
                case "default" -> {
                    if (!ZEROS.contains(value.toString())) {
                        definition.set("default", value);
                    }
                }
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
