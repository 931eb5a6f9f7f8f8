package dev.xebec.model.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON patch: a list of operations, all or nothing. Where RFC 6902 and the library that Kubernetes uses differ, as the library does:
 * what is absent from an object may be replaced, and is copied as null. Source: RFC 6902; evanphx/json-patch 4.12.
 */
final class JsonPatch {
    private JsonNode document;
    private long copiedBytes;

    private JsonPatch(JsonNode document) {
        this.document = document;
    }

    static ObjectNode apply(ObjectNode object, JsonNode patch) {
        if (patch.isNull()) {
            return object.deepCopy();
        }
        if (!patch.isArray()) {
            throw Patches.malformed("error decoding patch: json: cannot unmarshal " + Patches.jsonType(patch)
                    + " into Go value of type []handlers.jsonPatchOp");
        }
        if (patch.size() > Patches.MAX_JSON_PATCH_OPERATIONS) {
            throw new RejectedException(Status.tooLarge("The allowed maximum operations in a JSON patch is "
                    + Patches.MAX_JSON_PATCH_OPERATIONS + ", got " + patch.size()));
        }
        JsonPatch run = new JsonPatch(object.deepCopy());
        for (JsonNode operation : patch) {
            if (!operation.isObject()) {
                throw Patches.malformed("error decoding patch: json: cannot unmarshal " + Patches.jsonType(operation)
                        + " into Go value of type handlers.jsonPatchOp");
            }
            requireText(operation);
        }
        patch.forEach(run::perform);
        if (run.document instanceof ObjectNode patched) {
            return patched;
        }
        throw failed("the patched document is not an object");
    }

    private static void requireText(JsonNode operation) {
        for (String field : List.of("op", "path", "from")) {
            JsonNode value = operation.path(field);
            if (!value.isMissingNode() && !value.isNull() && !value.isTextual()) {
                throw Patches.malformed("error decoding patch: json: cannot unmarshal " + Patches.jsonType(value)
                        + " into Go struct field jsonPatchOp." + field + " of type string");
            }
        }
    }

    private void perform(JsonNode operation) {
        String name = operation.path("op").asText();
        Pointer path = pointer(operation, "path");
        switch (name) {
            case "add" -> add(path, value(operation), name);
            case "remove" -> remove(path, name);
            case "replace" -> replace(path, value(operation));
            case "move" -> move(pointer(operation, "from"), path);
            case "copy" -> copy(pointer(operation, "from"), path);
            case "test" -> test(path, operation.get("value"));
            default -> throw failed("Unexpected kind: " + name);
        }
    }

    private static Pointer pointer(JsonNode operation, String field) {
        if (!operation.path(field).isTextual()) {
            throw failed("operation \"" + operation.path("op").asText() + "\" has no " + field);
        }
        return Pointer.parse(operation.path(field).asText());
    }

    /** A value that is left out is null. */
    private static JsonNode value(JsonNode operation) {
        JsonNode value = operation.get("value");
        return value == null ? NullNode.instance : value.deepCopy();
    }

    private void add(Pointer path, JsonNode value, String operation) {
        if (path.isRoot()) {
            document = value;
            return;
        }
        JsonNode parent = path.parent(document);
        if (parent instanceof ObjectNode object) {
            object.set(path.last(), value);
        } else if (parent instanceof ArrayNode array) {
            int index = path.last().equals("-") ? array.size() : Pointer.index(path.last(), array.size());
            if (index < 0) {
                throw failed(operation + " operation does not apply: doc is missing path: \"" + path.text()
                        + "\": invalid index referenced");
            }
            array.insert(index, value);
        } else {
            throw missing(operation, path);
        }
    }

    private JsonNode remove(Pointer path, String operation) {
        if (path.isRoot()) {
            throw failed(operation + " operation does not apply: the whole document");
        }
        JsonNode parent = path.parent(document);
        JsonNode removed = null;
        if (parent instanceof ObjectNode object) {
            removed = object.remove(path.last());
        } else if (parent instanceof ArrayNode array) {
            removed = array.remove(Pointer.index(path.last(), array.size() - 1));
        }
        if (removed == null) {
            throw missing(operation, path);
        }
        return removed;
    }

    private void replace(Pointer path, JsonNode value) {
        if (path.isRoot()) {
            document = value;
            return;
        }
        JsonNode parent = path.parent(document);
        if (parent instanceof ArrayNode array) {
            requirePresent(path, "replace");
            array.set(Pointer.index(path.last(), array.size() - 1), value);
        } else if (parent instanceof ObjectNode object) {
            object.set(path.last(), value);
        } else {
            throw missing("replace", path);
        }
    }

    private void move(Pointer from, Pointer path) {
        if (from.isAncestorOf(path)) {
            throw failed("move operation does not apply: \"" + path.text() + "\" lies inside \"" + from.text() + "\"");
        }
        requirePresent(from, "move");
        if (!from.keys().equals(path.keys())) {
            add(path, remove(from, "move"), "move");
        }
    }

    private void copy(Pointer from, Pointer path) {
        boolean absent = from.value(document).isMissingNode() && from.parent(document).isObject();
        JsonNode source = absent ? NullNode.instance : requirePresent(from, "copy");
        copiedBytes += Json.bytes(source).length;
        if (copiedBytes > Patches.MAX_JSON_PATCH_COPIED_BYTES) {
            throw failed("Unable to complete the copy, the accumulated size increase of copy is " + copiedBytes
                    + ", exceeding the limit " + Patches.MAX_JSON_PATCH_COPIED_BYTES);
        }
        add(path, source.deepCopy(), "copy");
    }

    /** A test for null also holds where nothing is. */
    private void test(Pointer path, @Nullable JsonNode expected) {
        JsonNode actual = path.value(document);
        boolean isNothing = actual.isMissingNode() || actual.isNull();
        boolean same = expected == null || expected.isNull() ? isNothing : Json.same(actual, expected);
        if (!same) {
            throw failed("testing value " + path.text() + " failed: test failed");
        }
    }

    private JsonNode requirePresent(Pointer path, String operation) {
        JsonNode value = path.value(document);
        if (value.isMissingNode()) {
            throw missing(operation, path);
        }
        return value;
    }

    private static RejectedException missing(String operation, Pointer path) {
        return failed(operation + " operation does not apply: doc is missing path: \"" + path.text()
                + "\": missing value");
    }

    /** 422 in the words that kube-apiserver has for all that can go wrong. */
    static RejectedException failed(String detail) {
        return Patches.unprocessable(detail);
    }
}
