package dev.xebec.model.kind;

import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.schema.Schema.Field;
import dev.xebec.model.schema.Schema.ListOf;
import dev.xebec.model.schema.Schema.ListType;
import dev.xebec.model.schema.Schema.Scalar;
import dev.xebec.model.schema.Schema.Struct;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * All that the description files say. Kinds are read at once; a type's fields when they are first asked for, because a
 * cluster must start within a second and uses few of a thousand types.
 */
final class Descriptions {
    private static final Field API_VERSION = typeMeta("apiVersion", "The group and version of this object's kind.");
    private static final Field KIND = typeMeta("kind", "The name of this object's kind.");

    private final Map<String, Schema> types = new HashMap<>(2048);
    private final Map<String, String> openApiPrefixes = new HashMap<>();
    private final Map<GroupVersionKind, Struct> objects = new HashMap<>();
    private final List<Kind> kinds = new ArrayList<>();
    private final Set<GroupVersion> off = new HashSet<>();

    private Descriptions() {}

    static Descriptions load() {
        Descriptions descriptions = new Descriptions();
        List<DescribedPackage> packages = DescribedPackage.index().stream().map(DescribedPackage::read).toList();
        packages.forEach(descriptions::addTypes);
        packages.forEach(descriptions::addKinds);
        packages.stream().filter(described -> !described.onByDefault())
                .forEach(described -> descriptions.off.add(described.groupVersion()));
        return descriptions;
    }

    /** What is served only where somebody asks for it. */
    Set<GroupVersion> off() {
        return off;
    }

    /** In the order of the index, then of the files. */
    List<Kind> kinds() {
        return kinds;
    }

    Optional<Struct> type(String typeName) {
        return types.get(typeName) instanceof Struct struct ? Optional.of(struct) : Optional.empty();
    }

    /** A structure that has apiVersion and kind of its own, whether it is a resource or only a body. */
    Optional<Struct> object(GroupVersionKind kind) {
        return Optional.ofNullable(objects.get(kind));
    }

    /** The name in OpenAPI documents; empty for a type that is not described here. */
    Optional<String> openApiName(String typeName) {
        int dot = typeName.lastIndexOf('.');
        return Optional.ofNullable(openApiPrefixes.get(typeName.substring(0, Math.max(dot, 0))))
                .map(prefix -> prefix + typeName.substring(dot));
    }

    Schema required(String typeName) {
        Schema type = types.get(typeName);
        if (type == null) {
            throw new IllegalStateException("no type " + typeName + " is described");
        }
        return type;
    }

    private void addTypes(DescribedPackage described) {
        openApiPrefixes.put(described.name(), described.openApi());
        for (String block : described.blocks()) {
            int lineEnd = block.indexOf('\n');
            String head = lineEnd < 0 ? block : block.substring(0, lineEnd);
            List<String> words = Words.of(head);
            String typeName = described.name() + "." + words.get(1);
            switch (words.get(0)) {
                case "type" -> types.put(typeName, struct(described, typeName, head, block, false));
                case "object" -> {
                    Struct struct = struct(described, typeName, head, block, true);
                    types.put(typeName, struct);
                    objects.put(described.groupVersion().kind(words.get(1)), struct);
                }
                case "any" -> types.put(typeName, new Scalar(Scalar.Type.ANY, typeName));
                case "kind" -> {
                    // Second pass: a kind needs its type.
                }
                default -> throw new IllegalStateException("unknown block in " + described.name() + ": " + head);
            }
        }
    }

    private Struct struct(DescribedPackage described, String typeName, String head, String block, boolean object) {
        String description = FieldLine.description(head);
        List<String> words = Words.of(head);
        boolean atomic = words.size() > 2 && words.get(2).equals("atomic");
        return new Struct(typeName, new Once(() -> fields(described.name(), block, object)), atomic, description);
    }

    private Map<String, Field> fields(String packageName, String block, boolean object) {
        Map<String, Field> fields = new LinkedHashMap<>();
        if (object) {
            fields.put(API_VERSION.jsonName(), API_VERSION);
            fields.put(KIND.jsonName(), KIND);
        }
        block.lines().skip(1).forEach(line -> {
            Field field = FieldLine.parse(this, packageName, line);
            fields.put(field.jsonName(), field);
        });
        return Collections.unmodifiableMap(fields);
    }

    private void addKinds(DescribedPackage described) {
        GroupVersion groupVersion = described.groupVersion();
        for (String block : described.blocks()) {
            if (block.startsWith("kind ")) {
                String typeName = described.name() + "." + Words.of(block.substring(0, block.indexOf('\n'))).get(1);
                Struct struct = (Struct) required(typeName);
                Kind kind = KindBlock.parse(groupVersion, block, struct);
                kinds.add(kind);
                if (kind.stored()) {
                    Struct list = list(described.name() + "." + kind.listKind(), struct);
                    types.put(list.typeName(), list);
                    objects.put(groupVersion.kind(kind.listKind()), list);
                }
            }
        }
    }

    /** The list of a kind is never described: it is the same for every kind. */
    private Struct list(String typeName, Struct item) {
        return new Struct(typeName, new Once(() -> {
            Map<String, Field> fields = new LinkedHashMap<>();
            fields.put(API_VERSION.jsonName(), API_VERSION);
            fields.put(KIND.jsonName(), KIND);
            fields.put("items", new Field("items", new ListOf(item, ListType.ATOMIC, List.of(), "", ""), true,
                    new int[]{2}, "", Set.of(), "", "The objects."));
            fields.put("metadata", new Field("metadata", required("meta.v1.ListMeta"), false, new int[]{1}, "",
                    Set.of(), "", "What is true of the list as a whole."));
            return Collections.unmodifiableMap(fields);
        }), false, "A list of " + item.typeName().substring(item.typeName().lastIndexOf('.') + 1) + ".");
    }

    private static Field typeMeta(String name, String description) {
        return new Field(name, new Scalar(Scalar.Type.STRING), false, new int[]{}, "", Set.of(), "", description);
    }

    /** A type's fields, read when first asked for; read twice where two threads ask at once, with the same result. */
    private static final class Once implements Supplier<Map<String, Field>> {
        private final Supplier<Map<String, Field>> reader;
        private volatile Map<String, Field> read = Map.of();

        Once(Supplier<Map<String, Field>> reader) {
            this.reader = reader;
        }

        @Override
        public Map<String, Field> get() {
            Map<String, Field> fields = read;
            if (fields.isEmpty()) {
                fields = reader.get();
                read = fields;
            }
            return fields;
        }
    }
}
