package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a structure of some type has to be, wherever it stands. */
@FunctionalInterface
interface TypeRule {
    /** @param path of the structure; empty for the whole object */
    void check(ObjectNode value, String path, Findings findings);

    /** A field's path below another. */
    static String at(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    static String at(String path, String field, int index) {
        return at(path, field) + "[" + index + "]";
    }
}
