package dev.xebec.model.custom;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.Json;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.schema.Schema.Field;
import dev.xebec.model.schema.Schema.ListOf;
import dev.xebec.model.schema.Schema.ListType;
import dev.xebec.model.schema.Schema.MapOf;
import dev.xebec.model.schema.Schema.Scalar;
import dev.xebec.model.schema.Schema.Struct;
import dev.xebec.model.schema.Schema.Untyped;
import dev.xebec.model.structural.Structural;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A custom resource's structure in the form in which the engine keeps that of every kind, for server-side apply and
 * whatever else walks along types. Made level by level, when it is first asked for.
 *
 * <p>Source: apiextensions-apiserver {@code pkg/controller/openapi/builder}, kube-openapi {@code pkg/schemaconv}.
 */
final class SchemaOfStructure {
    private static final String METADATA = "metadata";
    private static final Untyped UNTYPED = new Untyped();

    private SchemaOfStructure() {}

    static Schema of(GroupVersionKind name, CustomType custom) {
        // A prefix that no described package has: a custom kind is never taken for a built-in one of its name.
        String typeName = "custom:" + name.group() + "." + name.version() + "." + name.kind();
        String description = custom.openApiSchema().path("description").asText("");
        ObjectNode schema = custom.openApiSchema();
        boolean preserve = schema.path("x-kubernetes-preserve-unknown-fields").asBoolean();
        return new Struct(typeName, new Once(() -> resource(typeName, custom.structure(), schema)), false, description,
                preserve ? UNTYPED : null);
    }

    /** A whole object, the outermost one or one that is embedded: it has a type and metadata, whatever its schema says. */
    private static Map<String, Field> resource(String typeName, Structural structure, ObjectNode described) {
        Map<String, Field> fields = new LinkedHashMap<>();
        fields.put("apiVersion", field("apiVersion", new Scalar(Scalar.Type.STRING), false, ""));
        fields.put("kind", field("kind", new Scalar(Scalar.Type.STRING), false, ""));
        Struct metadata = KindRegistry.builtIn().type("meta.v1.ObjectMeta").orElseThrow();
        fields.put(METADATA, field(METADATA, metadata, false, ""));
        structure.properties().forEach((name, property) -> {
            if (!fields.containsKey(name)) {
                fields.put(name, property(typeName, name, structure, described));
            }
        });
        return Collections.unmodifiableMap(fields);
    }

    private static Map<String, Field> structure(String typeName, Structural structure, ObjectNode described) {
        Map<String, Field> fields = LinkedHashMap.newLinkedHashMap(structure.properties().size());
        structure.properties().keySet()
                .forEach(name -> fields.put(name, property(typeName, name, structure, described)));
        return Collections.unmodifiableMap(fields);
    }

    private static Field property(String typeName, String name, Structural parent, ObjectNode described) {
        Structural property = parent.properties().getOrDefault(name, Structural.EMPTY);
        ObjectNode text = child(child(described, "properties"), name);
        String byDefault = property.defaultValue() == null ? "" : property.defaultValue().toString();
        return new Field(name, schema(typeName + "." + name, property, text),
                parent.limits().required().contains(name), new int[]{}, "", Set.of(), byDefault,
                text.path("description").asText(""));
    }

    private static Field field(String name, Schema schema, boolean required, String description) {
        return new Field(name, schema, required, new int[]{}, "", Set.of(), "", description);
    }

    private static Schema schema(String typeName, Structural structure, ObjectNode described) {
        boolean atomic = structure.x().mapType().equals("atomic");
        if (structure.x().intOrString()) {
            return new Scalar(Scalar.Type.INT_OR_STRING);
        }
        return switch (structure.type()) {
            case "string" -> new Scalar(Scalar.Type.STRING);
            case "integer" -> new Scalar(Scalar.Type.INT64);
            case "number" -> new Scalar(Scalar.Type.DOUBLE);
            case "boolean" -> new Scalar(Scalar.Type.BOOLEAN);
            case "array" -> list(typeName, structure, described);
            case "object" -> object(typeName, structure, described, atomic);
            default -> UNTYPED;
        };
    }

    private static Schema list(String typeName, Structural structure, ObjectNode described) {
        ListType type = switch (structure.x().listType()) {
            case "map" -> ListType.MAP;
            case "set" -> ListType.SET;
            default -> ListType.ATOMIC;
        };
        Structural items = structure.items();
        return new ListOf(items == null ? UNTYPED : schema(typeName, items, child(described, "items")), type,
                type == ListType.MAP ? structure.x().mapKeys() : List.of(), "", "");
    }

    private static Schema object(String typeName, Structural structure, ObjectNode described, boolean atomic) {
        Structural additional = structure.additional();
        boolean embedded = structure.x().embedded();
        if (additional != null && structure.properties().isEmpty() && !embedded) {
            return new MapOf(schema(typeName, additional, child(described, "additionalProperties")), atomic);
        }
        Schema unknown = structure.x().preserveUnknown()
                ? UNTYPED
                : additional == null ? null : schema(typeName, additional, child(described, "additionalProperties"));
        if (structure.properties().isEmpty() && !embedded) {
            return unknown == null
                    ? new Struct(typeName, Map::of, atomic)
                    : new MapOf(UNTYPED, atomic);
        }
        Supplier<Map<String, Field>> fields = embedded
                ? () -> resource(typeName, structure, described)
                : () -> structure(typeName, structure, described);
        return new Struct(typeName, new Once(fields), atomic, "", unknown);
    }

    private static ObjectNode child(ObjectNode node, String field) {
        return node.get(field) instanceof ObjectNode child ? child : Json.object();
    }

    /** Fields, made when they are first asked for; made twice where two threads ask at once, with the same result. */
    private static final class Once implements Supplier<Map<String, Field>> {
        private final Supplier<Map<String, Field>> maker;
        private volatile @Nullable Map<String, Field> made;

        Once(Supplier<Map<String, Field>> maker) {
            this.maker = maker;
        }

        @Override
        public Map<String, Field> get() {
            Map<String, Field> fields = made;
            if (fields == null) {
                fields = maker.get();
                made = fields;
            }
            return fields;
        }
    }
}
