package dev.xebec.model.cel;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.xebec.model.structural.Structural;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the checker knows of a place in an object: its type, and how large it can be.
 *
 * @param maxElements characters, bytes, elements or entries that a value can have; 0 where it has none, as in upstream
 * @param minSize bytes that a value has at least as JSON
 * @param fields of a structure, under the names that CEL says
 * @param key of a map
 * @param element of a list or a map
 *
 * <p>Source: apiserver {@code pkg/cel/common/schemas.go}.
 */
record DeclaredType(CelType type, long maxElements, long minSize, Map<String, DeclaredType> fields,
        @Nullable DeclaredType key, @Nullable DeclaredType element) {

    /** Bytes of the largest request. Source: apiserver {@code pkg/apis/cel/config.go}. */
    static final long MAX_REQUEST = 3L * 1024 * 1024;

    private static final long MAX_TEXT = MAX_REQUEST - 2;
    private static final int BYTES_OF_CHARACTER = 4;

    private static DeclaredType leaf(CelType type, long maxElements, long minSize) {
        return new DeclaredType(type, maxElements, minSize, Map.of(), null, null);
    }

    /**
     * Null where nothing is known that CEL could use; the field is then not there for expressions.
     *
     * @param name of the type, which no expression can say
     * @param types gathers the structures by name
     */
    static @Nullable DeclaredType of(Structural schema, String name, Map<String, CelType> types) {
        if (schema.x().intOrString()) {
            return leaf(SimpleType.DYN, MAX_TEXT, 1);
        }
        return switch (schema.type()) {
            case "array" -> list(schema, name, types);
            case "object" -> object(schema, name, types);
            case "string" -> text(schema);
            case "boolean" -> leaf(SimpleType.BOOL, 0, 4);
            case "number" -> leaf(SimpleType.DOUBLE, 0, 1);
            case "integer" -> leaf(SimpleType.INT, 0, 1);
            default -> null;
        };
    }

    private static @Nullable DeclaredType list(Structural schema, String name, Map<String, CelType> types) {
        DeclaredType items = schema.items() == null ? null : of(schema.items(), name + ".items", types);
        if (items == null) {
            return null;
        }
        Long most = schema.limits().maxItems();
        return new DeclaredType(ListType.create(items.type()),
                most == null ? (MAX_REQUEST - 2) / (items.minSize() + 1) : Math.max(0, most), 2, Map.of(), null, items);
    }

    private static @Nullable DeclaredType object(Structural schema, String name, Map<String, CelType> types) {
        if (schema.additional() != null && schema.additional() != Structural.EMPTY && schema.properties().isEmpty()) {
            DeclaredType values = of(schema.additional(), name + ".values", types);
            if (values == null) {
                return null;
            }
            Long most = schema.limits().maxProperties();
            DeclaredType keys = leaf(SimpleType.STRING, MAX_TEXT, 2);
            return new DeclaredType(MapType.create(SimpleType.STRING, values.type()),
                    most == null ? (MAX_REQUEST - 2) / (values.minSize() + 6) : Math.max(0, most), 2, Map.of(), keys,
                    values);
        }
        Map<String, DeclaredType> fields = new LinkedHashMap<>();
        long size = 2;
        for (Map.Entry<String, Structural> property : schema.properties().entrySet()) {
            DeclaredType field = FieldNames.isSayable(property.getKey())
                    ? of(property.getValue(), name + "." + property.getKey(), types)
                    : null;
            if (field != null) {
                fields.put(FieldNames.escape(property.getKey()), field);
                if (schema.limits().required().contains(property.getKey())
                        && property.getValue().defaultValue() == null) {
                    size += property.getKey().length() + field.minSize() + 4;
                }
            }
        }
        ImmutableMap<String, CelType> fieldTypes = fields.entrySet().stream()
                .collect(ImmutableMap.toImmutableMap(Map.Entry::getKey, field -> field.getValue().type()));
        StructType type = StructType.create(name, fieldTypes.keySet(),
                field -> Optional.ofNullable(fieldTypes.get(field)));
        types.put(name, type);
        return new DeclaredType(type, 0, size, fields, null, null);
    }

    private static DeclaredType text(Structural schema) {
        Long most = schema.limits().maxLength();
        return switch (schema.limits().format()) {
            case "byte" -> leaf(SimpleType.BYTES, most == null ? MAX_TEXT : Math.max(0, most), 2);
            case "duration" -> leaf(SimpleType.DURATION, most == null ? 32 : Math.max(0, most), 3);
            case "date" -> leaf(SimpleType.TIMESTAMP, 12, 12);
            case "date-time", "datetime" -> leaf(SimpleType.TIMESTAMP, 37, 21);
            default -> leaf(SimpleType.STRING, most != null
                    ? Math.max(0, most) * BYTES_OF_CHARACTER
                    : schema.limits().enumeration() == null ? MAX_TEXT : longest(schema), 2);
        };
    }

    private static long longest(Structural schema) {
        long longest = 0;
        for (JsonNode value : java.util.Objects.requireNonNull(schema.limits().enumeration())) {
            longest = Math.max(longest, value.asText().length());
        }
        return longest;
    }
}
