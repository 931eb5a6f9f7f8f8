package dev.xebec.model.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.custom.CustomType;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.Json;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.schema.Schema.Field;
import dev.xebec.model.schema.Schema.ListOf;
import dev.xebec.model.schema.Schema.MapOf;
import dev.xebec.model.schema.Schema.Scalar;
import dev.xebec.model.schema.Schema.Struct;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects the schemas that a document refers to, and those that they refer to. */
final class Components {
    private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
    private static final String META_GROUP = "meta.k8s.io";
    private static final GroupVersion CORE = new GroupVersion("", "v1");
    /** What each group takes or gives in its own name. */
    private static final Set<String> OF_EVERY_GROUP = Set.of("DeleteOptions", "WatchEvent");

    private final KindRegistry registry;
    private GroupVersion about;
    private final Map<String, ObjectNode> schemas = new TreeMap<>();
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    /** @param about the group and version that the document is of */
    Components(KindRegistry registry, GroupVersion about) {
        this.registry = registry;
        this.about = about;
    }

    /** A reference to the body of the given kind; empty where its structure is not known. */
    Optional<ObjectNode> reference(GroupVersionKind kind) {
        Optional<ObjectNode> custom = custom(kind);
        return custom.isPresent() ? custom : registry.body(kind).map(struct -> {
            String name = registry.openApiName(struct.typeName()).orElseGet(() -> CustomSchemas.name(kind));
            define(name, struct);
            if (!kind.group().equals(META_GROUP) || name.startsWith(META)) {
                tag(name, kind.group().equals(META_GROUP) ? CORE.kind(kind.kind()) : kind);
            }
            tagOfEveryGroup(name, kind.kind());
            return plain(name);
        });
    }

    /** From here on the document goes on about this kind; null for the server itself. */
    void about(@Nullable GroupVersionKind kind) {
        about = kind == null ? CORE : kind.groupVersion();
    }

    /** The metadata of objects and lists, which custom kinds refer to. */
    void metadata() {
        metadata("meta.v1.ObjectMeta");
        metadata("meta.v1.ListMeta");
    }

    /** A reference to a patch, of whichever form. */
    ObjectNode patch() {
        schemas.putIfAbsent(META + "Patch", Json.object().put("type", "object"));
        return plain(META + "Patch");
    }

    /** A reference to a type that is no kind, by its package and its name; empty for an unknown one. */
    Optional<ObjectNode> type(GroupVersionKind type) {
        String typeName = (type.group().isEmpty() ? "" : type.group() + ".") + type.version() + "." + type.kind();
        return registry.type(typeName).flatMap(struct -> registry.openApiName(typeName).map(name -> {
            define(name, struct);
            tagOfEveryGroup(name, type.kind());
            return plain(name);
        }));
    }

    private void tagOfEveryGroup(String name, String kind) {
        if (OF_EVERY_GROUP.contains(kind) && name.startsWith(META)) {
            tag(name, CORE.kind(kind));
            tag(name, about.kind(kind));
        }
    }

    ObjectNode tree() {
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
        ObjectNode tree = Json.object();
        schemas.forEach(tree::set);
        return tree;
    }

    /** A reference to a custom kind or its list; empty for any other. */
    private Optional<ObjectNode> custom(GroupVersionKind name) {
        for (Kind kind : registry.of(name.groupVersion())) {
            CustomType type = kind.custom();
            boolean itself = kind.name().equals(name);
            if (type != null && (itself || kind.listKind().equals(name.kind()))) {
                String key = CustomSchemas.name(name);
                if (!schemas.containsKey(key)) {
                    schemas.put(key, itself
                            ? WrittenOut.of(CustomSchemas.object(kind, type))
                            : CustomSchemas.list(kind));
                    tag(key, name);
                    metadata("meta.v1." + (itself ? "ObjectMeta" : "ListMeta"));
                    if (!itself) {
                        custom(kind.name());
                    }
                }
                return Optional.of(plain(key));
            }
        }
        return Optional.empty();
    }

    private void metadata(String typeName) {
        registry.type(typeName).ifPresent(struct -> registry.openApiName(typeName)
                .ifPresent(known -> define(known, struct)));
    }

    private void tag(String name, GroupVersionKind kind) {
        ObjectNode schema = schemas.get(name);
        if (schema == null) {
            return;
        }
        ArrayNode kinds = schema.withArrayProperty("x-kubernetes-group-version-kind");
        ObjectNode tag = Json.object().put("group", kind.group()).put("kind", kind.kind()).put("version",
                kind.version());
        for (var present : kinds) {
            if (present.equals(tag)) {
                return;
            }
        }
        kinds.add(tag);
    }

    private void define(String name, Struct struct) {
        if (!schemas.containsKey(name)) {
            ObjectNode schema = Json.object();
            schemas.put(name, schema);
            waiting.add(() -> structure(schema, struct));
        }
    }

    private void structure(ObjectNode schema, Struct struct) {
        if (!struct.description().isEmpty()) {
            schema.put("description", struct.description());
        }
        schema.put("type", "object");
        List<String> required = new ArrayList<>();
        ObjectNode properties = Json.object();
        for (Field field : struct.fields().values()) {
            properties.set(field.jsonName(), property(struct, field));
            if (field.required()) {
                required.add(field.jsonName());
            }
        }
        if (!properties.isEmpty()) {
            schema.set("properties", properties);
        }
        if (!required.isEmpty()) {
            ArrayNode names = schema.putArray("required");
            required.forEach(names::add);
        }
        PublishedFacts.put(struct, schema);
        if (registry.type(struct.typeName()).map(Struct::atomic).orElse(struct.atomic())) {
            schema.put("x-kubernetes-map-type", "atomic");
        }
    }

    private ObjectNode property(Struct struct, Field field) {
        ObjectNode property = schema(field.schema());
        if (!field.description().isEmpty()) {
            property.put("description", field.description());
        }
        if (registry.openApiName(struct.typeName()).isPresent()) {
            PublishedFacts.put(struct, field, property);
        } else {
            said(field, property);
        }
        if (!field.patchStrategy().isEmpty()) {
            property.put("x-kubernetes-patch-strategy", field.patchStrategy());
        }
        return property;
    }

    private static void said(Field field, ObjectNode property) {
        if (!field.defaultJson().isEmpty()) {
            property.set("default", Json.parse(field.defaultJson().getBytes(StandardCharsets.UTF_8)));
        }
        if (!field.enumeration().isEmpty()) {
            ArrayNode values = property.putArray("enum");
            field.enumeration().forEach(values::add);
        }
    }

    private ObjectNode schema(Schema schema) {
        return switch (schema) {
            case Struct struct -> structReference(struct);
            case MapOf map -> {
                ObjectNode node = Json.object().put("type", "object");
                node.set("additionalProperties", element(map.values()));
                yield map.atomic() ? node.put("x-kubernetes-map-type", "atomic") : node;
            }
            case ListOf list -> list(list);
            case Scalar scalar -> scalar(scalar);
            case Schema.Untyped untyped -> any("");
        };
    }

    /** What a list or a map is of: nothing is said beside the reference. */
    private ObjectNode element(Schema schema) {
        ObjectNode element = schema(schema);
        element.remove("x-kubernetes-list-type");
        return element.size() == 1 && element.path("allOf").path(0) instanceof ObjectNode reference
                ? reference
                : element;
    }

    private ObjectNode structReference(Struct struct) {
        Optional<String> name = registry.openApiName(struct.typeName());
        if (name.isEmpty()) {
            ObjectNode inline = Json.object();
            structure(inline, struct);
            return inline;
        }
        Struct described = registry.type(struct.typeName()).orElse(struct);
        define(name.get(), described);
        ObjectNode reference = allOf(name.get());
        return described.atomic() == struct.atomic()
                ? reference
                : reference.put("x-kubernetes-map-type", struct.atomic() ? "atomic" : "granular");
    }

    private ObjectNode list(ListOf list) {
        ObjectNode node = Json.object().put("type", "array");
        node.set("items", element(list.items()));
        node.put("x-kubernetes-list-type", list.listType().name().toLowerCase(Locale.ROOT));
        if (!list.mapKeys().isEmpty()) {
            ArrayNode keys = node.putArray("x-kubernetes-list-map-keys");
            list.mapKeys().forEach(keys::add);
        }
        if (!list.patchStrategy().isEmpty()) {
            node.put("x-kubernetes-patch-strategy", list.patchStrategy());
        }
        return list.mergeKey().isEmpty() ? node : node.put("x-kubernetes-patch-merge-key", list.mergeKey());
    }

    private ObjectNode scalar(Scalar scalar) {
        return switch (scalar.type()) {
            case STRING -> Json.object().put("type", "string");
            case BOOLEAN -> Json.object().put("type", "boolean");
            case INT32 -> Json.object().put("type", "integer").put("format", "int32");
            case INT64 -> Json.object().put("type", "integer").put("format", "int64");
            case DOUBLE -> Json.object().put("type", "number").put("format", "double");
            case BYTES -> Json.object().put("type", "string").put("format", "byte");
            case TIME -> named(META + "Time", text("date-time"));
            case MICRO_TIME -> named(META + "MicroTime", text("date-time"));
            case DURATION -> named(META + "Duration", Json.object().put("type", "string"));
            case QUANTITY -> named("io.k8s.apimachinery.pkg.api.resource.Quantity", oneOf("string", "number"));
            case INT_OR_STRING -> named("io.k8s.apimachinery.pkg.util.intstr.IntOrString",
                    oneOf("integer", "string").put("format", "int-or-string"));
            case ANY -> any(scalar.typeName());
        };
    }

    private ObjectNode any(String typeName) {
        return switch (typeName) {
            case "" -> Json.object().put("x-kubernetes-preserve-unknown-fields", true);
            case "runtime.RawExtension" ->
                named("io.k8s.apimachinery.pkg.runtime.RawExtension", Json.object().put("type", "object"));
            case "meta.v1.FieldsV1" -> named(META + "FieldsV1", Json.object().put("type", "object"));
            default -> registry.openApiName(typeName).map(name -> named(name, Json.object()))
                    .orElseGet(() -> any(""));
        };
    }

    private ObjectNode named(String name, ObjectNode schema) {
        schemas.putIfAbsent(name, schema);
        return allOf(name);
    }

    /** Kubernetes refers in this way, because a plain reference must not have a description beside it. */
    private static ObjectNode allOf(String name) {
        ObjectNode reference = Json.object();
        reference.putArray("allOf").addObject().put("$ref", "#/components/schemas/" + name);
        return reference;
    }

    private static ObjectNode plain(String name) {
        return Json.object().put("$ref", "#/components/schemas/" + name);
    }

    private static ObjectNode text(String format) {
        return Json.object().put("type", "string").put("format", format);
    }

    private static ObjectNode oneOf(String one, String other) {
        ObjectNode schema = Json.object();
        schema.putArray("oneOf").add(Json.object().put("type", one)).add(Json.object().put("type", other));
        return schema;
    }
}
