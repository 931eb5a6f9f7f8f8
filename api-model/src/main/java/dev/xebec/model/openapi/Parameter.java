package dev.xebec.model.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;

/** A parameter of an operation, in its path or in the query. */
record Parameter(String name, boolean inPath, String type, String description) implements Comparable<Parameter> {

    /** By name; the one in the path first. */
    @Override
    public int compareTo(Parameter other) {
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : Boolean.compare(other.inPath, inPath);
    }

    private ObjectNode head() {
        ObjectNode tree = Json.object().put("name", name).put("in", inPath ? "path" : "query")
                .put("description", description);
        return inPath ? tree.put("required", true) : tree;
    }

    ObjectNode toTree() {
        ObjectNode tree = head();
        tree.putObject("schema").put("type", type).put("uniqueItems", true);
        return tree;
    }

    /** As OpenAPI v2 has it: without a schema. */
    ObjectNode toTreeV2() {
        return head().put("type", type).put("uniqueItems", true);
    }
}
