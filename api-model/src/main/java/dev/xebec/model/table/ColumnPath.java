package dev.xebec.model.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads the simple JSONPath of printer columns: {@code .a.b}, {@code .a[0]}, {@code .a[*].b}, {@code .a['x.y']},
 * {@code .a[?(@.type=="Ready")].status}, {@code .a\.b}. Several results are joined with commas.
 */
final class ColumnPath {

    private ColumnPath() {}

    static JsonNode read(JsonNode root, String path) {
        List<JsonNode> found = List.of(root);
        int at = 0;
        while (at < path.length() && !found.isEmpty()) {
            int end = path.charAt(at) == '[' ? closing(path, at) : endOfField(path, at + 1);
            String step = path.charAt(at) == '['
                    ? path.substring(at + 1, end - 1)
                    : "'" + path.substring(path.charAt(at) == '.' ? at + 1 : at, end).replace("\\.", ".") + "'";
            List<JsonNode> next = new ArrayList<>();
            found.forEach(node -> step(node, step, next));
            found = next;
            at = end;
        }
        if (found.size() > 1) {
            return TextNode.valueOf(found.stream().map(JsonNode::asText).collect(Collectors.joining(",")));
        }
        return found.isEmpty() ? MissingNode.getInstance() : found.get(0);
    }

    private static int closing(String path, int at) {
        int end = path.indexOf(']', at);
        return end < 0 ? path.length() : end + 1;
    }

    private static int endOfField(String path, int from) {
        int at = from;
        while (at < path.length() && path.charAt(at) != '[' && (path.charAt(at) != '.'
                || path.charAt(at - 1) == '\\')) {
            at++;
        }
        return at;
    }

    private static void step(JsonNode node, String step, List<JsonNode> found) {
        if (step.equals("*")) {
            node.forEach(found::add);
        } else if (step.startsWith("?(@.") && step.contains("==")) {
            String[] test = step.substring(4, step.endsWith(")") ? step.length() - 1 : step.length()).split("==", 2);
            node.forEach(element -> {
                if (element.path(test[0].strip()).asText("").equals(unquoted(test[1].strip()))) {
                    found.add(element);
                }
            });
        } else {
            boolean quoted = step.startsWith("'") || step.startsWith("\"");
            JsonNode next = !quoted && step.matches("[0-9]{1,6}")
                    ? node.path(Integer.parseInt(step))
                    : node.path(unquoted(step));
            if (!next.isMissingNode()) {
                found.add(next);
            }
        }
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2 && (text.charAt(0) == '\'' || text.charAt(0) == '"');
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
