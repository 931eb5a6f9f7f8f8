package dev.xebec.events.trigger.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import dev.xebec.model.object.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A text with places for values, such as {@code order-$(event.data.order.id)}. A place names a value by fields
 * ({@code .name}, {@code ['any name']}) and indexes ({@code [0]}) from {@code event} or {@code kafka}. Everything else stays
 * as it is: other {@code $(NAME)} are Kubernetes' own, and so is {@code $$(…)}.
 */
record Placeholders(List<Part> parts) {
    private static final Set<String> ROOTS = Set.of("event", "kafka");

    /** A piece of the text. */
    sealed interface Part {
        record Text(String text) implements Part {}

        /** @param steps names and, as {@code Integer}, indexes, from the root on */
        record Place(String written, String root, List<Object> steps) implements Part {}
    }

    /** A text whose places cannot be understood. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1;

        MalformedException(String message) {
            super(message);
        }
    }

    /** A place whose value the event does not have. */
    static final class MissingException extends Exception {
        private static final long serialVersionUID = 1;

        MissingException(String message) {
            super(message);
        }
    }

    static Placeholders parse(String text) throws MalformedException {
        List<Part> parts = new ArrayList<>();
        int from = 0;
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("$$", at)) {
                at += 2;
            } else if (text.startsWith("$(", at) && root(text, at + 2) != null) {
                if (at > from) {
                    parts.add(new Part.Text(text.substring(from, at)));
                }
                int end = new Steps(text, at).read(parts);
                from = end;
                at = end;
            } else {
                at++;
            }
        }
        if (from < text.length()) {
            parts.add(new Part.Text(text.substring(from)));
        }
        return new Placeholders(List.copyOf(parts));
    }

    private static @Nullable String root(String text, int at) {
        for (String root : ROOTS) {
            int end = at + root.length();
            if (text.startsWith(root, at) && end < text.length() && ".[)".indexOf(text.charAt(end)) >= 0) {
                return root;
            }
        }
        return null;
    }

    /** Whether there is any place. */
    boolean any() {
        return parts.stream().anyMatch(part -> part instanceof Part.Place);
    }

    /**
     * @param values by root
     * @param doubled whether what a value says is kept from Kubernetes' own {@code $(NAME)}
     */
    String fill(Map<String, ? extends JsonNode> values, boolean doubled) throws MissingException {
        StringBuilder filled = new StringBuilder();
        for (Part part : parts) {
            switch (part) {
                case Part.Text text -> filled.append(text.text());
                case Part.Place place -> {
                    String value = value(place, values);
                    filled.append(doubled ? value.replace("$", "$$") : value);
                }
            }
        }
        return filled.toString();
    }

    private static String value(Part.Place place, Map<String, ? extends JsonNode> values) throws MissingException {
        JsonNode node = values.get(place.root());
        for (Object step : place.steps()) {
            node = node == null ? null : step instanceof Integer index ? node.get(index) : node.get((String) step);
        }
        if (node == null || node.isNull() || node.isMissingNode()) {
            throw new MissingException("the event has no value for " + place.written());
        }
        String text = node.isContainerNode()
                ? new String(Json.bytes(node), StandardCharsets.UTF_8)
                : node.asText();
        if (text.indexOf('\0') >= 0) {
            throw new MissingException("the value of " + place.written() + " has a character 0");
        }
        return text;
    }

    /** Reads one place. */
    private static final class Steps {
        private final String text;
        private final int start;
        private int at;

        Steps(String text, int start) {
            this.text = text;
            this.start = start;
        }

        /** Adds the place and says where the text goes on. */
        int read(List<Part> parts) throws MalformedException {
            String root = root(text, start + 2);
            if (root == null) {
                throw malformed("names no value");
            }
            at = start + 2 + root.length();
            List<Object> steps = new ArrayList<>();
            while (at < text.length() && text.charAt(at) != ')') {
                steps.add(text.charAt(at) == '.' ? name() : bracket());
            }
            if (at == text.length()) {
                throw malformed("has no end");
            }
            at++;
            parts.add(new Part.Place(text.substring(start, at), root, List.copyOf(steps)));
            return at;
        }

        private String name() throws MalformedException {
            int from = ++at;
            while (at < text.length() && ".[)".indexOf(text.charAt(at)) < 0) {
                char c = text.charAt(at);
                if (!Character.isLetterOrDigit(c) && c != '_' && c != '-') {
                    throw malformed("has '" + c + "' in a name; ['any name'] takes every character");
                }
                at++;
            }
            if (at == from) {
                throw malformed("has an empty name");
            }
            return text.substring(from, at);
        }

        private Object bracket() throws MalformedException {
            if (text.charAt(at) != '[') {
                throw malformed("has '" + text.charAt(at) + "' after ]");
            }
            at++;
            return text.startsWith("'", at) ? quoted() : index();
        }

        private String quoted() throws MalformedException {
            int end = text.indexOf("']", at + 1);
            if (end < 0) {
                throw malformed("has ['… without '] ");
            }
            String name = text.substring(at + 1, end);
            at = end + 2;
            return name;
        }

        private Integer index() throws MalformedException {
            int end = text.indexOf(']', at);
            if (end < 0) {
                throw malformed("has [ without ]");
            }
            String digits = text.substring(at, end);
            if (!digits.matches("[0-9]{1,6}")) {
                throw malformed("has \"" + digits + "\" for an index");
            }
            at = end + 1;
            return Integer.valueOf(digits);
        }

        private MalformedException malformed(String why) {
            return new MalformedException("the place " + text.substring(start, Math.min(text.length(), start + 60))
                    + " " + why.strip());
        }
    }
}
