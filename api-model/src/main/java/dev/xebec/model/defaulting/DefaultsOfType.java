package dev.xebec.model.defaulting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.model.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The defaults of a type and of what is below it: what its description and the rules say, and the fields under which
 * some type has defaults. Made once per type and then shared.
 */
final class DefaultsOfType {
    private static final DefaultsOfType NONE = new DefaultsOfType(List.of());
    /** By type name; bounded by the number of described types. */
    private static final Map<String, DefaultsOfType> BY_NAME = new ConcurrentHashMap<>();

    /** A field that has something to default below it. */
    private record Child(String field, Shape shape, DefaultsOfType type) {}

    private enum Shape {
        ONE, LIST, MAP
    }

    private final List<Rule> rules;
    private final List<Child> children = new ArrayList<>();

    private DefaultsOfType(List<Rule> rules) {
        this.rules = rules;
    }

    static DefaultsOfType of(Schema.Struct struct) {
        if (!struct.typeName().contains(".")) {
            return build(struct, new HashMap<>());
        }
        DefaultsOfType known = BY_NAME.get(struct.typeName());
        if (known == null) {
            known = build(struct, new HashMap<>());
            BY_NAME.put(struct.typeName(), known);
        }
        return known;
    }

    private static DefaultsOfType build(Schema.Struct struct, Map<String, DefaultsOfType> begun) {
        DefaultsOfType known = begun.get(struct.typeName());
        if (known != null) {
            return known;
        }
        if (!reachesRules(struct, new HashSet<>())) {
            return NONE;
        }
        List<Rule> rules = new ArrayList<>();
        struct.fields().values().stream().filter(field -> !field.defaultJson().isEmpty())
                .forEach(field -> rules.add(described(field)));
        rules.addAll(RuleFile.RULES.getOrDefault(struct.typeName(), List.of()));
        DefaultsOfType type = new DefaultsOfType(List.copyOf(rules));
        begun.put(struct.typeName(), type);
        for (Schema.Field field : struct.fields().values()) {
            Schema inner = inner(field.schema());
            if (inner instanceof Schema.Struct below) {
                DefaultsOfType child = build(below, begun);
                if (child != NONE) {
                    type.children.add(new Child(field.jsonName(), shape(field.schema()), child));
                }
            }
        }
        return type;
    }

    /** A default that the type's description states. */
    private static Rule described(Schema.Field field) {
        JsonNode value = Json.parse(field.defaultJson().getBytes(StandardCharsets.UTF_8));
        return target -> {
            if (RuleFile.isUnset(target.get(field.jsonName()), value)) {
                target.set(field.jsonName(), value.deepCopy());
            }
        };
    }

    private static boolean reachesRules(Schema schema, Set<String> seen) {
        if (!(inner(schema) instanceof Schema.Struct struct) || !seen.add(struct.typeName())) {
            return false;
        }
        if (RuleFile.RULES.containsKey(struct.typeName())) {
            return true;
        }
        for (Schema.Field field : struct.fields().values()) {
            if (!field.defaultJson().isEmpty() || reachesRules(field.schema(), seen)) {
                return true;
            }
        }
        return false;
    }

    private static Schema inner(Schema schema) {
        return switch (schema) {
            case Schema.ListOf list -> list.items();
            case Schema.MapOf map -> map.values();
            case Schema.Struct struct -> struct;
            case Schema.Scalar scalar -> scalar;
            case Schema.Untyped untyped -> untyped;
        };
    }

    private static Shape shape(Schema schema) {
        return switch (schema) {
            case Schema.ListOf list -> Shape.LIST;
            case Schema.MapOf map -> Shape.MAP;
            case Schema.Struct struct -> Shape.ONE;
            case Schema.Scalar scalar -> Shape.ONE;
            case Schema.Untyped untyped -> Shape.ONE;
        };
    }

    void apply(ObjectNode value) {
        for (Rule rule : rules) {
            rule.apply(value);
        }
        for (Child child : children) {
            JsonNode below = value.get(child.field());
            if (below == null) {
                continue;
            }
            boolean many = child.shape() == Shape.LIST ? below instanceof ArrayNode : child.shape() == Shape.MAP;
            if (child.shape() == Shape.ONE && below instanceof ObjectNode object) {
                child.type().apply(object);
            } else if (many) {
                for (JsonNode element : below) {
                    if (element instanceof ObjectNode object) {
                        child.type().apply(object);
                    }
                }
            }
        }
    }
}
