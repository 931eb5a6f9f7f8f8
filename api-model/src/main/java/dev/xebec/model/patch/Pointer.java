package dev.xebec.model.patch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A parsed JSON pointer: the keys from the document's root. What stands before the first slash is not looked at, and an index below
 * zero counts from the end. Source: RFC 6901; evanphx/json-patch 4.12.
 */
record Pointer(String text, List<String> keys) {

    static Pointer parse(String text) {
        List<String> keys = new ArrayList<>();
        if (!text.isEmpty()) {
            String[] parts = text.split("/", -1);
            for (int at = 1; at < parts.length; at++) {
                keys.add(parts[at].replace("~1", "/").replace("~0", "~"));
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
        boolean below = key.startsWith("-");
        String digits = below ? key.substring(1) : key;
        if (digits.isEmpty() || digits.length() > 9 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int number = Integer.parseInt(digits);
        int index = below ? max + 1 - number : number;
        return index >= 0 && index <= max ? index : -1;
    }
}
