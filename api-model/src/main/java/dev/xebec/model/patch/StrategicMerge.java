package dev.xebec.model.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.status.RejectedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Strategic merge patch: like a merge patch, but lists that the schema gives a merge key are merged element by element,
 * and directives in the patch say more.
 *
 * <p>Fields that the schema does not know merge as in a plain merge patch. Source: apimachinery
 * {@code util/strategicpatch/patch.go}, whose exact behaviour clients rely on.
 */
final class StrategicMerge {

    private StrategicMerge() {}

    static ObjectNode apply(Schema.Struct schema, ObjectNode object, ObjectNode patch) {
        return merge(object.deepCopy(), patch, schema);
    }

    /** Merges into {@code target}, which is ours to change. */
    private static ObjectNode merge(ObjectNode target, ObjectNode patch, @Nullable Schema schema) {
        JsonNode directive = patch.get(Directives.PATCH);
        if (directive != null) {
            switch (directive.asText()) {
                case "replace" -> {
                    ObjectNode replacement = patch.deepCopy();
                    replacement.remove(Directives.PATCH);
                    return replacement;
                }
                case "delete" -> {
                    return target.objectNode();
                }
                default -> throw unknownDirective(directive.asText(), patch);
            }
        }
        retainKeys(target, patch);
        Set<String> done = new HashSet<>();
        for (Map.Entry<String, JsonNode> change : patch.properties()) {
            if (change.getKey().startsWith(Directives.SET_ORDER)) {
                String field = change.getKey().substring(Directives.SET_ORDER.length());
                orderedMerge(target, patch, field, change.getValue(), schemaOf(schema, field));
                done.add(field);
            }
        }
        for (Map.Entry<String, JsonNode> change : patch.properties()) {
            if (!done.contains(change.getKey())) {
                mergeField(target, change.getKey(), change.getValue(), schema);
            }
        }
        return target;
    }

    private static void mergeField(ObjectNode target, String field, JsonNode value, @Nullable Schema schema) {
        if (field.startsWith(Directives.DELETE_PRIMITIVES)) {
            deletePrimitives(target, field.substring(Directives.DELETE_PRIMITIVES.length()), value);
            return;
        }
        if (Directives.isDirective(field)) {
            return;
        }
        JsonNode before = target.get(field);
        Schema fieldSchema = schemaOf(schema, field);
        if (value.isNull()) {
            target.remove(field);
        } else if (before instanceof ObjectNode object && value instanceof ObjectNode inner) {
            target.set(field, merge(object, inner, fieldSchema));
        } else if (before instanceof ArrayNode list && value instanceof ArrayNode inner) {
            target.set(field, mergeList(list, inner, fieldSchema));
        } else if (value.isObject() && value.has(Directives.PATCH)) {
            target.remove(field);
        } else {
            target.set(field, Directives.without(value));
        }
    }

    private static RejectedException unknownDirective(String directive, JsonNode in) {
        return Patches.confused("unknown patch type: " + directive + " in map: " + GoText.of(in));
    }

    private static @Nullable Schema schemaOf(@Nullable Schema parent, String field) {
        if (parent instanceof Schema.Struct struct) {
            Schema.Field known = struct.field(field);
            return known == null ? null : known.schema();
        }
        return parent instanceof Schema.MapOf map ? map.values() : null;
    }

    private static void retainKeys(ObjectNode target, ObjectNode patch) {
        JsonNode retained = patch.get(Directives.RETAIN_KEYS);
        if (retained == null) {
            return;
        }
        if (!retained.isArray()) {
            throw Patches.malformed("invalid patch format of retainKeys");
        }
        Set<String> keys = new HashSet<>();
        retained.forEach(key -> keys.add(key.asText()));
        for (Map.Entry<String, JsonNode> change : patch.properties()) {
            if (!change.getValue().isNull() && !Directives.isDirective(change.getKey())
                    && !keys.contains(change.getKey())) {
                throw Patches.unprocessable("patch content doesn't match retainKeys list");
            }
        }
        target.retain(keys);
    }

    private static void deletePrimitives(ObjectNode target, String field, JsonNode values) {
        if (!values.isArray()) {
            throw Patches.malformed("invalid patch format of primitive list");
        }
        if (target.get(field) instanceof ArrayNode list) {
            Set<JsonNode> gone = new HashSet<>();
            values.forEach(gone::add);
            list.removeIf(gone::contains);
        }
    }

    /** A list whose patch says how its elements stand to each other. */
    private static void orderedMerge(ObjectNode target, ObjectNode patch, String field, JsonNode order,
            @Nullable Schema schema) {
        JsonNode live = target.get(field);
        JsonNode changes = patch.get(field);
        String mergeKey = mergeKey(schema);
        if (!(order instanceof ArrayNode wanted)) {
            throw Patches.malformed("invalid patch format of setElementOrder list");
        }
        ElementOrder.requireKeyed(wanted, mergeKey);
        if (changes instanceof ArrayNode list) {
            ElementOrder.requireSame(list, wanted, mergeKey);
        } else if (changes != null && changes.isNull()) {
            target.remove(field);
            return;
        }
        JsonNode deletions = patch.get(Directives.DELETE_PRIMITIVES + field);
        if (deletions != null) {
            deletePrimitives(target, field, deletions);
        }
        ArrayNode before = live instanceof ArrayNode list ? list : target.arrayNode();
        if (!(live instanceof ArrayNode) && !(changes instanceof ArrayNode)) {
            return;
        }
        ArrayNode snapshot = target.arrayNode().addAll(before);
        ArrayNode merged = changes instanceof ArrayNode list ? mergeList(before, list, schema) : before;
        target.set(field, ElementOrder.arrange(merged, wanted, snapshot, mergeKey));
    }

    private static String mergeKey(@Nullable Schema schema) {
        return schema instanceof Schema.ListOf list ? list.mergeKey() : "";
    }

    private static ArrayNode mergeList(ArrayNode live, ArrayNode patch, @Nullable Schema schema) {
        if (!(schema instanceof Schema.ListOf list) || !list.patchStrategy().contains("merge")) {
            return (ArrayNode) Directives.without(patch);
        }
        ArrayNode order = live.arrayNode().addAll(live);
        ArrayNode merged = list.mergeKey().isEmpty() ? union(live, patch) : mergeElements(live, patch, list);
        return merged == null
                ? plainElements(patch)
                : ElementOrder.arrange(merged, patch, order, list.mergeKey());
    }

    private static ArrayNode union(ArrayNode live, ArrayNode patch) {
        Set<JsonNode> seen = new HashSet<>();
        ArrayNode both = live.arrayNode();
        for (ArrayNode list : List.of(live, patch)) {
            list.forEach(element -> {
                if (seen.add(element)) {
                    both.add(element);
                }
            });
        }
        return both;
    }

    /** Null where the patch replaces the list. */
    private static @Nullable ArrayNode mergeElements(ArrayNode live, ArrayNode patch, Schema.ListOf list) {
        List<JsonNode> merged = new ArrayList<>();
        live.forEach(merged::add);
        boolean replace = false;
        for (JsonNode element : patch) {
            String directive = element.path(Directives.PATCH).asText("");
            if (!element.isObject()) {
                throw Patches.confused("cannot merge a " + Patches.jsonType(element)
                        + " into a list with merge key \"" + list.mergeKey() + "\"");
            }
            switch (directive) {
                case "delete" -> {
                    JsonNode key = requireKey(element, list.mergeKey());
                    merged.removeIf(one -> key.equals(one.get(list.mergeKey())));
                }
                case "replace" -> replace = true;
                case "" -> {
                }
                case "merge" -> throw Patches.confused("merging lists cannot yet be specified in the patch");
                default -> throw unknownDirective(directive, element);
            }
        }
        if (replace) {
            return null;
        }
        for (JsonNode element : patch) {
            if (!element.path(Directives.PATCH).asText("").equals("delete")) {
                mergeElement(merged, (ObjectNode) element, list);
            }
        }
        return live.arrayNode().addAll(merged);
    }

    private static void mergeElement(List<JsonNode> merged, ObjectNode element, Schema.ListOf list) {
        JsonNode key = requireKey(element, list.mergeKey());
        for (int at = 0; at < merged.size(); at++) {
            if (merged.get(at) instanceof ObjectNode live && key.equals(live.get(list.mergeKey()))) {
                merged.set(at, merge(live, element, list.items()));
                return;
            }
        }
        merged.add(Directives.without(element));
    }

    private static JsonNode requireKey(JsonNode element, String mergeKey) {
        JsonNode key = element.get(mergeKey);
        if (key == null) {
            throw Patches.confused(
                    "map: " + GoText.of(element) + " does not contain declared merge key: " + mergeKey);
        }
        return key;
    }

    private static ArrayNode plainElements(ArrayNode patch) {
        ArrayNode plain = patch.arrayNode();
        patch.forEach(element -> {
            if (!element.has(Directives.PATCH)) {
                plain.add(Directives.without(element));
            }
        });
        return plain;
    }
}
