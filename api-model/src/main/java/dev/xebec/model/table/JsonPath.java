package dev.xebec.model.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A JSON path as definitions write it: fields, quoted fields, indexes, slices, unions, wildcards, descent and filters. What
 * is missing yields nothing.
 *
 * <p>Source: client-go {@code util/jsonpath}, allowing missing keys.
 */
final class JsonPath {
    /** Values that one path yields at most: the rest of a huge object is not looked at. */
    private static final int MAX_RESULTS = 1_000;

    private final List<UnaryOperator<List<JsonNode>>> steps;

    private JsonPath(List<UnaryOperator<List<JsonNode>>> steps) {
        this.steps = steps;
    }

    List<JsonNode> read(JsonNode root) {
        List<JsonNode> found = List.of(root);
        for (UnaryOperator<List<JsonNode>> step : steps) {
            found = step.apply(found);
        }
        return found;
    }

    /** Never fails: what cannot be understood yields nothing. */
    static JsonPath parse(String path) {
        List<UnaryOperator<List<JsonNode>>> steps = new ArrayList<>();
        int at = 0;
        while (at < path.length()) {
            if (path.startsWith("..", at)) {
                steps.add(JsonPath::descend);
                at += path.startsWith("..[", at) ? 2 : 1;
            } else if (path.charAt(at) == '[') {
                int end = closing(path, at);
                if (end < 0) {
                    return new JsonPath(List.of(nodes -> List.of()));
                }
                steps.add(bracket(path.substring(at + 1, end).strip()));
                at = end + 1;
            } else {
                int start = path.charAt(at) == '.' ? at + 1 : at;
                int end = endOfField(path, start);
                String name = path.substring(start, end).replace("\\.", ".");
                if (!name.isEmpty() && !name.equals("$") && !name.equals("@")) {
                    steps.add(name.equals("*") ? JsonPath::children : field(name));
                }
                at = Math.max(end, at + 1);
            }
        }
        return new JsonPath(steps);
    }

    private static int endOfField(String path, int start) {
        int at = start;
        while (at < path.length() && path.charAt(at) != '[' && path.charAt(at) != '.') {
            at += path.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at, path.length());
    }

    private static int closing(String path, int open) {
        int depth = 0;
        char quote = 0;
        for (int at = open; at < path.length(); at++) {
            char c = path.charAt(at);
            if (quote != 0) {
                quote = c == quote && path.charAt(at - 1) != '\\' ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '[') {
                depth++;
            } else if (c == ']' && --depth == 0) {
                return at;
            }
        }
        return -1;
    }

    private static UnaryOperator<List<JsonNode>> bracket(String inside) {
        if (inside.equals("*")) {
            return JsonPath::children;
        }
        if (inside.startsWith("?(") && inside.endsWith(")")) {
            PathFilter filter = PathFilter.parse(inside.substring(2, inside.length() - 1));
            return nodes -> {
                List<JsonNode> found = new ArrayList<>();
                children(nodes).stream().filter(filter::accepts).forEach(found::add);
                return found;
            };
        }
        List<UnaryOperator<List<JsonNode>>> union = new ArrayList<>();
        for (String part : parts(inside)) {
            union.add(element(part.strip()));
        }
        return nodes -> {
            List<JsonNode> found = new ArrayList<>();
            union.forEach(one -> found.addAll(one.apply(nodes)));
            return found;
        };
    }

    private static List<String> parts(String inside) {
        List<String> parts = new ArrayList<>();
        char quote = 0;
        int start = 0;
        for (int at = 0; at < inside.length(); at++) {
            char c = inside.charAt(at);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == ',') {
                parts.add(inside.substring(start, at));
                start = at + 1;
            }
        }
        parts.add(inside.substring(start));
        return parts;
    }

    private static UnaryOperator<List<JsonNode>> element(String part) {
        boolean quoted = part.length() >= 2 && (part.startsWith("'") || part.startsWith("\""));
        if (quoted) {
            return field(part.substring(1, part.length() - 1));
        }
        if (part.matches("-?[0-9]{1,6}")) {
            int index = Integer.parseInt(part);
            return nodes -> slice(nodes, index, index == -1 ? Integer.MAX_VALUE : index + 1, 1);
        }
        if (part.matches("(-?[0-9]{1,6})?:(-?[0-9]{1,6})?(:[0-9]{1,6})?")) {
            String[] bounds = part.split(":", -1);
            int from = bounds[0].isEmpty() ? 0 : Integer.parseInt(bounds[0]);
            int to = bounds[1].isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(bounds[1]);
            int step = bounds.length < 3 ? 1 : Math.max(1, Integer.parseInt(bounds[2]));
            return nodes -> slice(nodes, from, to, step);
        }
        return field(part);
    }

    private static UnaryOperator<List<JsonNode>> field(String name) {
        return nodes -> {
            List<JsonNode> found = new ArrayList<>();
            for (JsonNode node : nodes) {
                JsonNode value = node.get(name);
                if (value != null && found.size() < MAX_RESULTS) {
                    found.add(value);
                }
            }
            return found;
        };
    }

    private static List<JsonNode> slice(List<JsonNode> nodes, int from, int to, int step) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode node : nodes) {
            if (node instanceof ArrayNode array) {
                int start = from < 0 ? array.size() + from : from;
                int end = to < 0 ? array.size() + to : Math.min(to, array.size());
                for (int at = Math.max(0, start); at < end && found.size() < MAX_RESULTS; at += step) {
                    found.add(array.get(at));
                }
            }
        }
        return found;
    }

    private static List<JsonNode> children(List<JsonNode> nodes) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode node : nodes) {
            for (JsonNode child : node) {
                if (found.size() < MAX_RESULTS) {
                    found.add(child);
                }
            }
        }
        return found;
    }

    /** The nodes and all below them, outer ones first. */
    private static List<JsonNode> descend(List<JsonNode> nodes) {
        List<JsonNode> found = new ArrayList<>();
        nodes.forEach(node -> descend(node, found));
        return found;
    }

    private static void descend(JsonNode node, List<JsonNode> found) {
        if (found.size() >= MAX_RESULTS || !(node instanceof ObjectNode || node instanceof ArrayNode)) {
            return;
        }
        found.add(node);
        for (JsonNode child : node) {
            descend(child, found);
        }
    }
}
