package dev.xebec.model.patch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A parsed JSON pointer: the keys from the document's root. Source: RFC 6901. */
record Pointer(String text, List<String> keys) {

    static Pointer parse(String text) {
        List<String> keys = new ArrayList<>();
        if (!text.isEmpty()) {
            if (text.charAt(0) != '/') {
                throw JsonPatch.failed("path \"" + text + "\" does not start with '/'");
            }
            for (String key : text.substring(1).split("/", -1)) {
                keys.add(key.replace("~1", "/").replace("~0", "~"));
            }
        }
        return new Pointer(text, List.copyOf(keys));
    }

    boolean isRoot() {
        return keys.isEmpty();
    }

    String last() {
        return keys.get(keys.size() - 1);
    }

    /** Whether {@code other} lies below this. */
    boolean isAncestorOf(Pointer other) {
        return keys.size() < other.keys.size() && other.keys.subList(0, keys.size()).equals(keys);
    }

    /** The value that holds what this points at; a missing node where there is none. */
    JsonNode parent(JsonNode root) {
        return walk(root, keys.size() - 1);
    }

    JsonNode value(JsonNode root) {
        return walk(root, keys.size());
    }

    private JsonNode walk(JsonNode root, int depth) {
        JsonNode at = root;
        for (String key : keys.subList(0, depth)) {
            at = at.isArray() ? at.path(index(key, at.size() - 1)) : at.path(key);
        }
        return at;
    }

    /** An array index between 0 and {@code max}; -1 where the key is none. */
    static int index(String key, int max) {
        boolean digits = !key.isEmpty() && key.length() < 10 && key.chars().allMatch(c -> c >= '0' && c <= '9')
                && (key.length() == 1 || key.charAt(0) != '0');
        int index = digits ? Integer.parseInt(key) : -1;
        return index <= max ? index : -1;
    }
}
