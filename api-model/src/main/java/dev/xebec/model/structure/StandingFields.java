package dev.xebec.model.structure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.model.schema.Schema;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields of built-in types that are written though nothing is in them: the required ones, and what {@code
 * standing.fields} says.
 */
public final class StandingFields {
    private static final String EVERY_OBJECT = "*";
    private static final Map<String, Set<String>> BY_TYPE = read();
    /** By type name; bounded by the number of described types. */
    private static final Map<String, StandingFields> KNOWN = new ConcurrentHashMap<>();

    private final Map<String, JsonNode> zeros;
    private final List<String> structures;
    private final Set<String> off;
    private final boolean goesWithItsFields;
    private final List<String> names;

    private StandingFields(Map<String, JsonNode> zeros, Set<String> off, boolean goesWithItsFields) {
        this.goesWithItsFields = goesWithItsFields;
        this.zeros = zeros;
        this.off = off;
        this.names = List.copyOf(zeros.keySet());
        this.structures = names.stream().filter(name -> zeros.get(name) instanceof ObjectNode).toList();
    }

    public static StandingFields of(Schema.Struct struct) {
        StandingFields known = KNOWN.get(struct.typeName());
        if (known == null) {
            known = new StandingFields(zeros(struct), off(struct),
                    BY_TYPE.getOrDefault(struct.typeName(), Set.of()).contains("!"));
            KNOWN.put(struct.typeName(), known);
        }
        return known;
    }

    /** In the description's order. */
    public List<String> names() {
        return names;
    }

    /** Those of them that are structures. */
    List<String> structures() {
        return structures;
    }

    public boolean contains(String field) {
        return zeros.containsKey(field);
    }

    /** What is written for a field in which nothing is, not to be changed; null where it is left out. */
    public @Nullable JsonNode zero(String field) {
        return zeros.get(field);
    }

    /** Whether the field is behind a gate that is closed, so that what is sent in it is dropped. */
    public boolean isOff(String field) {
        return off.contains(field);
    }

    /** Whether such a structure goes where what is dropped was all that was in it. */
    boolean goesWithItsFields() {
        return goesWithItsFields;
    }

    private static Set<String> off(Schema.Struct struct) {
        return BY_TYPE.getOrDefault(struct.typeName(), Set.of()).stream()
                .filter(word -> word.startsWith("!") && word.length() > 1)
                .map(word -> word.substring(1)).collect(Collectors.toUnmodifiableSet());
    }

    private static Map<String, JsonNode> zeros(Schema.Struct struct) {
        Set<String> own = BY_TYPE.get(struct.typeName());
        Set<String> said = own != null
                ? own
                : isObject(struct) ? BY_TYPE.getOrDefault(EVERY_OBJECT, Set.of()) : Set.of();
        Map<String, JsonNode> zeros = new LinkedHashMap<>();
        for (Schema.Field field : struct.fields().values()) {
            String name = field.jsonName();
            if (said.contains(name)) {
                zeros.put(name, field.schema() instanceof Schema.Struct ? Json.object() : zero(field.schema()));
            } else if (said.contains(name + "?") || field.required() && !said.contains("-" + name)) {
                zeros.put(name, said.contains(name + "?") ? NullNode.instance : zero(field.schema()));
            }
        }
        return zeros;
    }

    private static boolean isObject(Schema.Struct struct) {
        return struct.field("metadata") != null && struct.field("kind") != null;
    }

    private static JsonNode zero(Schema schema) {
        return schema instanceof Schema.Scalar scalar ? GoZero.of(scalar.type()) : NullNode.instance;
    }

    private static Map<String, Set<String>> read() {
        Map<String, Set<String>> types = new HashMap<>();
        TypeLines.of(StandingFields.class, "standing.fields")
                .forEach((type, words) -> types.put(type, Set.copyOf(words)));
        return Map.copyOf(types);
    }
}
