package dev.xebec.model.managed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Field sets as JSON: {@code {"f:spec":{"f:ports":{"k:{\"port\":80}":{".":{},"f:port":{}}}}}}.
 *
 * <p>Source: structured-merge-diff v6 {@code fieldpath/serialize.go} and {@code serialize-pe.go}.
 */
final class FieldsV1 {
    /** Says that the element around it is a member itself. */
    private static final String SELF = ".";
    /** Shared by all leaves; nobody changes what is in managed fields, they are replaced. */
    private static final ObjectNode LEAF = Json.object();

    private FieldsV1() {}

    static ObjectNode encode(FieldSet set) {
        ObjectNode json = Json.object();
        for (FieldSet.Node node : set.nodes()) {
            json.set(text(node.element()), node.below().isEmpty() ? LEAF : encode(node));
        }
        return json;
    }

    private static ObjectNode encode(FieldSet.Node node) {
        ObjectNode json = Json.object();
        if (node.member()) {
            json.set(SELF, LEAF);
        }
        for (FieldSet.Node below : node.below().nodes()) {
            json.set(text(below.element()), below.below().isEmpty() ? LEAF : encode(below));
        }
        return json;
    }

    /** Throws {@link IllegalArgumentException} where it is no field set. Elements of kinds that are not known are left out. */
    static FieldSet decode(JsonNode json) {
        return json.isNull() || json.isMissingNode() ? FieldSet.EMPTY : decodeObject(json);
    }

    private static FieldSet decodeObject(JsonNode json) {
        if (!json.isObject()) {
            throw new IllegalArgumentException("a field set has to be an object");
        }
        List<FieldSet.Node> nodes = new ArrayList<>(json.size());
        boolean sorted = true;
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            if (entry.getKey().equals(SELF) || !known(entry.getKey())) {
                continue;
            }
            FieldSet.Node node = node(entry.getKey(), entry.getValue());
            sorted &= nodes.isEmpty() || nodes.get(nodes.size() - 1).element().compareTo(node.element()) < 0;
            nodes.add(node);
        }
        return sorted ? FieldSet.of(nodes) : unsorted(nodes);
    }

    private static FieldSet.Node node(String key, JsonNode value) {
        FieldSet below = decode(value);
        return new FieldSet.Node(element(key), below.isEmpty() || value.has(SELF), below);
    }

    private static FieldSet unsorted(List<FieldSet.Node> nodes) {
        FieldSet set = FieldSet.EMPTY;
        for (FieldSet.Node node : nodes) {
            set = set.union(FieldSet.of(List.of(node)));
        }
        return set;
    }

    /** Whether any member of the set is one of the JSON form, too; the form has to be canonical. */
    static boolean touches(JsonNode json, FieldSet set) {
        for (FieldSet.Node node : set.nodes()) {
            JsonNode there = json.get(text(node.element()));
            if (there != null && ((node.member() && isMember(there)) || touches(there, node.below()))) {
                return true;
            }
        }
        return false;
    }

    /** Whether all members of the set are members of the JSON form; the form has to be canonical. */
    static boolean contains(JsonNode json, FieldSet set) {
        for (FieldSet.Node node : set.nodes()) {
            JsonNode there = json.get(text(node.element()));
            if (there == null || (node.member() && !isMember(there)) || !contains(there, node.below())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isMember(JsonNode there) {
        return there.isEmpty() || there.has(SELF);
    }

    static String text(PathElement element) {
        return switch (element) {
            case PathElement.Field field -> "f:".concat(field.name());
            case PathElement.Key key -> {
                StringBuilder text = new StringBuilder("k:{");
                for (PathElement.Part part : key.parts()) {
                    text.append(text.length() > 3 ? "," : "");
                    GoText.text(part.name(), text);
                    text.append(':');
                    GoText.json(part.value(), text);
                }
                yield text.append('}').toString();
            }
            case PathElement.Value value -> {
                StringBuilder text = new StringBuilder("v:");
                GoText.json(value.value(), text);
                yield text.toString();
            }
            case PathElement.Index index -> "i:" + index.at();
        };
    }

    private static boolean known(String key) {
        if (key.length() < 2) {
            throw new IllegalArgumentException("key must be 2 characters long:");
        }
        if (key.charAt(1) != ':') {
            throw new IllegalArgumentException("missing colon: " + key);
        }
        return "fvki".indexOf(key.charAt(0)) >= 0;
    }

    private static PathElement element(String key) {
        String rest = key.substring(2);
        return switch (key.charAt(0)) {
            case 'f' -> new PathElement.Field(rest);
            case 'v' -> PathElement.value(json(rest));
            case 'i' -> index(rest);
            default -> key(json(rest));
        };
    }

    private static PathElement index(String text) {
        try {
            return new PathElement.Index(Integer.parseInt(text));
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException("not an index: " + text, malformed);
        }
    }

    private static PathElement key(JsonNode json) {
        if (!json.isObject()) {
            throw new IllegalArgumentException("a key has to be an object: " + json);
        }
        List<PathElement.Part> parts = new ArrayList<>(json.size());
        json.properties().forEach(part -> parts
                .add(new PathElement.Part(part.getKey(), Values.canonical(part.getValue()))));
        parts.sort((one, two) -> Values.compareText(one.name(), two.name()));
        return new PathElement.Key(List.copyOf(parts));
    }

    private static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("not JSON: " + text, malformed);
        }
    }
}
