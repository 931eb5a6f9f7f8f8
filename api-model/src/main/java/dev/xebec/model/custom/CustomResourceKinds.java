package dev.xebec.model.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.custom.CustomType.ScalePaths;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.Kind.Column;
import dev.xebec.model.kind.Kind.DeletePropagation;
import dev.xebec.model.kind.Kind.Subresource;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The kinds that a CustomResourceDefinition serves, one per served version. Cheap: schemas are read when they are first
 * used. Does not ask whether the definition is established.
 */
public final class CustomResourceKinds {
    /** In the order in which discovery lists them. Source: apiextensions-apiserver customresource_discovery_controller.go. */
    private static final Set<String> VERBS = ordered(
            List.of("delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"));
    private static final Set<String> SUBRESOURCE_VERBS = ordered(List.of("get", "patch", "update"));
    private static final GroupVersionKind SCALE = new GroupVersionKind("autoscaling", "v1", "Scale");
    private static final Column AGE = new Column("Age", "date", "",
            "When the object was created, by the cluster's clock.", 0, ".metadata.creationTimestamp");

    private CustomResourceKinds() {}

    /** In the definition's order. The definition is read-only afterwards: the kinds refer to parts of it. */
    public static List<Kind> of(ObjectNode definition) {
        JsonNode spec = definition.path("spec");
        JsonNode storage = Json.object();
        for (JsonNode version : spec.path("versions")) {
            storage = version.path("storage").asBoolean() ? version : storage;
        }
        CustomType stored = new CustomType(schema(storage), object(spec, "conversion"));
        List<Kind> kinds = new ArrayList<>(2);
        for (JsonNode version : spec.path("versions")) {
            if (version.path("served").asBoolean()) {
                kinds.add(kind(definition, version, text(storage, "name"), stored));
            }
        }
        return List.copyOf(kinds);
    }

    private static Kind kind(ObjectNode definition, JsonNode version, String storage, CustomType stored) {
        JsonNode spec = definition.path("spec");
        JsonNode names = definition.path("status").path("acceptedNames");
        if (text(names, "plural").isEmpty() || text(names, "kind").isEmpty()) {
            names = spec.path("names");
        }
        GroupVersionKind name = new GroupVersionKind(text(spec, "group"), text(version, "name"), text(names, "kind"));
        CustomType custom = new CustomType(schema(version), object(spec, "conversion"), scale(version),
                deprecation(name, version), definition.path("metadata").path("resourceVersion").asLong(0),
                schema(version).equals(stored.openApiSchema()) ? null : stored);
        return new Kind(name, text(names, "plural"), or(text(names, "singular"), name.kind().toLowerCase(Locale.ROOT)),
                or(text(names, "listKind"), name.kind() + "List"), text(spec, "scope").equals("Namespaced"), VERBS,
                strings(names.path("shortNames")), strings(names.path("categories")), subresources(name, version),
                SchemaOfStructure.of(name, custom), columns(version), selectable(version), true, false, false,
                DeletePropagation.BACKGROUND, storage, custom);
    }

    private static ObjectNode schema(JsonNode version) {
        return object(version.path("schema"), "openAPIV3Schema");
    }

    private static @org.jspecify.annotations.Nullable ScalePaths scale(JsonNode version) {
        JsonNode scale = version.path("subresources").path("scale");
        return scale.isObject()
                ? new ScalePaths(text(scale, "specReplicasPath"), text(scale, "statusReplicasPath"),
                        text(scale, "labelSelectorPath"))
                : null;
    }

    private static String deprecation(GroupVersionKind name, JsonNode version) {
        return !version.path("deprecated").asBoolean()
                ? ""
                : or(text(version, "deprecationWarning"), name.groupVersion() + " " + name.kind() + " is deprecated");
    }

    private static Map<String, Subresource> subresources(GroupVersionKind name, JsonNode version) {
        Map<String, Subresource> subresources = new LinkedHashMap<>();
        JsonNode wanted = version.path("subresources");
        if (wanted.path("status").isObject()) {
            subresources.put("status", new Subresource("status", name, SUBRESOURCE_VERBS));
        }
        if (wanted.path("scale").isObject()) {
            subresources.put("scale", new Subresource("scale", SCALE, SUBRESOURCE_VERBS));
        }
        return Collections.unmodifiableMap(subresources);
    }

    private static List<Column> columns(JsonNode version) {
        JsonNode wanted = version.path("additionalPrinterColumns");
        if (wanted.isEmpty()) {
            return List.of(AGE);
        }
        List<Column> columns = new ArrayList<>(wanted.size());
        wanted.forEach(column -> columns.add(new Column(text(column, "name"), text(column, "type"),
                text(column, "format"),
                or(text(column, "description"),
                        "Custom resource definition column (in JSONPath format): " + text(column, "jsonPath")),
                column.path("priority").asInt(),
                text(column, "jsonPath"))));
        return List.copyOf(columns);
    }

    /** {@code .spec.color} is selected as {@code spec.color}. */
    private static Set<String> selectable(JsonNode version) {
        List<String> fields = new ArrayList<>();
        version.path("selectableFields").forEach(field -> {
            String path = text(field, "jsonPath");
            fields.add(path.startsWith(".") ? path.substring(1) : path);
        });
        return ordered(fields);
    }

    private static ObjectNode object(JsonNode parent, String field) {
        return parent.get(field) instanceof ObjectNode child ? child : Json.object();
    }

    private static List<String> strings(JsonNode list) {
        List<String> strings = new ArrayList<>(list.size());
        list.forEach(one -> strings.add(one.asText()));
        return List.copyOf(strings);
    }

    private static String text(JsonNode object, String field) {
        return object.path(field).asText("");
    }

    private static String or(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }

    private static Set<String> ordered(List<String> words) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(words));
    }
}
