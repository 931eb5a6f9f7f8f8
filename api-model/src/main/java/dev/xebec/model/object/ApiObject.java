package dev.xebec.model.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Kubernetes object: a JSON tree with typed access to what every object has.
 *
 * <p>Shared between threads and caches, so the tree is read-only by rule: who wants to change an object starts from
 * {@link #copy()}. Unknown fields are carried through.
 */
public final class ApiObject {
    private static final ObjectNode EMPTY = JsonNodeFactory.instance.objectNode();

    private final ObjectNode tree;

    private ApiObject(ObjectNode tree) {
        this.tree = tree;
    }

    /** Wraps a tree, which nobody may change from now on. */
    public static ApiObject of(ObjectNode tree) {
        return new ApiObject(tree);
    }

    /** Parses stored or received JSON. Throws {@link IllegalArgumentException} where it is not a JSON object. */
    public static ApiObject parse(byte[] json) {
        return new ApiObject(Json.parseObject(json));
    }

    /** The whole tree; read-only. */
    public ObjectNode tree() {
        return tree;
    }

    /** A deep copy that the caller may change. */
    public ObjectNode copy() {
        return tree.deepCopy();
    }

    public byte[] toBytes() {
        return Json.bytes(tree);
    }

    public String apiVersion() {
        return tree.path("apiVersion").asText("");
    }

    public String kind() {
        return tree.path("kind").asText("");
    }

    /** {@code metadata}, or an empty object; read-only. */
    public ObjectNode metadata() {
        return object(tree, "metadata");
    }

    /** {@code spec}, or an empty object; read-only. */
    public ObjectNode spec() {
        return object(tree, "spec");
    }

    /** {@code status}, or an empty object; read-only. */
    public ObjectNode status() {
        return object(tree, "status");
    }

    public String name() {
        return metadata().path("name").asText("");
    }

    /** Empty for cluster-scoped objects. */
    public String namespace() {
        return metadata().path("namespace").asText("");
    }

    public ObjectKey key() {
        return new ObjectKey(namespace(), name());
    }

    public String uid() {
        return metadata().path("uid").asText("");
    }

    /** {@code metadata.resourceVersion} as a number; 0 where there is none or it is not a number. */
    public long revision() {
        JsonNode version = metadata().path("resourceVersion");
        String text = version.asText("");
        try {
            return text.isEmpty() ? 0 : Long.parseLong(text);
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    public long generation() {
        return metadata().path("generation").asLong(0);
    }

    public Map<String, String> labels() {
        return strings(metadata().path("labels"));
    }

    public Map<String, String> annotations() {
        return strings(metadata().path("annotations"));
    }

    public List<String> finalizers() {
        List<String> finalizers = new ArrayList<>();
        metadata().path("finalizers").forEach(finalizer -> finalizers.add(finalizer.asText()));
        return finalizers;
    }

    public List<OwnerReference> ownerReferences() {
        List<OwnerReference> owners = new ArrayList<>();
        metadata().path("ownerReferences").forEach(owner -> owners.add(new OwnerReference(
                owner.path("apiVersion").asText(""), owner.path("kind").asText(""), owner.path("name").asText(""),
                owner.path("uid").asText(""), owner.path("controller").asBoolean(false),
                owner.path("blockOwnerDeletion").asBoolean(false))));
        return owners;
    }

    /** The one owner reference with {@code controller: true}. */
    public Optional<OwnerReference> controllerOwner() {
        return ownerReferences().stream().filter(OwnerReference::controller).findFirst();
    }

    public Optional<Instant> creationTimestamp() {
        return instant(metadata().path("creationTimestamp"));
    }

    public Optional<Instant> deletionTimestamp() {
        return instant(metadata().path("deletionTimestamp"));
    }

    public boolean deleting() {
        return metadata().path("deletionTimestamp").isTextual();
    }

    /** An RFC 3339 field as an instant; empty where it is absent, null or malformed. */
    public static Optional<Instant> instant(JsonNode field) {
        if (!field.isTextual()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(field.asText()));
        } catch (java.time.format.DateTimeParseException malformed) {
            return Optional.empty();
        }
    }

    /** A map of strings such as labels, in the object's own order; other values are left out. */
    public static Map<String, String> strings(JsonNode field) {
        Map<String, String> strings = new LinkedHashMap<>();
        field.properties().forEach(entry -> {
            if (entry.getValue().isTextual()) {
                strings.put(entry.getKey(), entry.getValue().asText());
            }
        });
        return strings;
    }

    private static ObjectNode object(ObjectNode parent, String field) {
        return parent.get(field) instanceof ObjectNode child ? child : EMPTY;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ApiObject that && tree.equals(that.tree);
    }

    @Override
    public int hashCode() {
        return tree.hashCode();
    }

    @Override
    public String toString() {
        return kind() + " " + key();
    }
}
