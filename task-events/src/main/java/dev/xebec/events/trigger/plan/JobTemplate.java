package dev.xebec.events.trigger.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.xebec.events.trigger.plan.Placeholders.MalformedException;
import dev.xebec.events.trigger.plan.Placeholders.MissingException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A Job's metadata and spec with places for an event's values. A value only ever becomes part of a text: it cannot add a
 * field, an element or a type. Where Kubernetes itself replaces {@code $(NAME)}, a value's own dollars are kept from that.
 */
final class JobTemplate {
    /** Bytes of all texts of a Job with values in them. */
    static final int MAX_JOB_BYTES = 512 * 1024;
    /** Where Kubernetes replaces {@code $(NAME)}. Source: kubelet {@code kubelet_pods.go}, {@code container/helpers.go}. */
    private static final Pattern EXPANDED = Pattern.compile("spec\\.template\\.spec\\.(?:initC|c)ontainers\\[\\d+]\\."
            + "(?:(?:command|args)\\[\\d+]|env\\[\\d+]\\.value|volumeMounts\\[\\d+]\\.subPathExpr)");

    private final ObjectNode template;
    /** Texts with places, by their path. */
    private final Map<String, Placeholders> places;

    private JobTemplate(ObjectNode template, Map<String, Placeholders> places) {
        this.template = template;
        this.places = places;
    }

    /** With an event's values the Job became too large. */
    static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1;

        TooLargeException() {
            super("the Job's texts have more than " + MAX_JOB_BYTES + " bytes with the event's values");
        }
    }

    /** @param template its {@code metadata} and {@code spec} */
    static JobTemplate compile(ObjectNode template) throws MalformedException {
        Map<String, Placeholders> places = new HashMap<>();
        find(template, "", places);
        return new JobTemplate(template, Map.copyOf(places));
    }

    private static void find(JsonNode node, String path, Map<String, Placeholders> places) throws MalformedException {
        if (node instanceof TextNode text) {
            Placeholders found = parse(path, text.asText());
            if (found.any()) {
                places.put(path, found);
            }
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            find(field.getValue(), below(path, field.getKey()), places);
        }
        if (node instanceof ArrayNode) {
            for (int i = 0; i < node.size(); i++) {
                find(node.get(i), path + "[" + i + "]", places);
            }
        }
    }

    private static Placeholders parse(String path, String text) throws MalformedException {
        try {
            return Placeholders.parse(text);
        } catch (MalformedException malformed) {
            throw new MalformedException("jobTemplate." + path + ": " + malformed.getMessage());
        }
    }

    /** Where values go. */
    Set<String> paths() {
        return places.keySet();
    }

    /** @param values by root */
    ObjectNode fill(Map<String, ? extends JsonNode> values) throws MissingException, TooLargeException {
        return (ObjectNode) new Filling(values).fill(template, "");
    }

    /** What the template is like with the same short text in every place: for a look at it before there is an event. */
    ObjectNode sample(String text) {
        return (ObjectNode) sample(template, "", text);
    }

    private JsonNode sample(JsonNode node, String path, String text) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode filled = JsonNodeFactory.instance.objectNode();
                object.properties()
                        .forEach(field -> filled.set(field.getKey(),
                                sample(field.getValue(), below(path, field.getKey()), text)));
                yield filled;
            }
            case ArrayNode list -> {
                ArrayNode filled = JsonNodeFactory.instance.arrayNode();
                for (int i = 0; i < list.size(); i++) {
                    filled.add(sample(list.get(i), path + "[" + i + "]", text));
                }
                yield filled;
            }
            default -> places.containsKey(path) ? TextNode.valueOf(text) : node;
        };
    }

    private static String below(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    /** One filling, with its bound. */
    private final class Filling {
        private final Map<String, ? extends JsonNode> values;
        private long left = MAX_JOB_BYTES;

        Filling(Map<String, ? extends JsonNode> values) {
            this.values = values;
        }

        JsonNode fill(JsonNode node, String path) throws MissingException, TooLargeException {
            if (node instanceof ObjectNode object) {
                ObjectNode filled = JsonNodeFactory.instance.objectNode();
                for (Map.Entry<String, JsonNode> field : object.properties()) {
                    filled.set(field.getKey(), fill(field.getValue(), below(path, field.getKey())));
                }
                return filled;
            }
            if (node instanceof ArrayNode list) {
                ArrayNode filled = JsonNodeFactory.instance.arrayNode();
                for (int i = 0; i < list.size(); i++) {
                    filled.add(fill(list.get(i), path + "[" + i + "]"));
                }
                return filled;
            }
            Placeholders text = places.get(path);
            if (text == null) {
                return node;
            }
            String filled = text.fill(values, EXPANDED.matcher(path).matches());
            left -= filled.length();
            if (left < 0) {
                throw new TooLargeException();
            }
            return TextNode.valueOf(filled);
        }
    }
}
