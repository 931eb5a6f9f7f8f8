package dev.xebec.model.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The paths of an OpenAPI v2 document. What many operations take is said once, and referred to; but old clients look in the
 * operations themselves for whether a dry run is possible.
 *
 * <p>Source: kube-openapi {@code pkg/builder/parameters.go}.
 */
final class PathsV2 {
    private static final Map<Integer, String> CODES = Map.of(200, "OK", 201, "Created", 202, "Accepted");
    private static final Set<String> NEVER_SHARED = Set.of("name", "dryRun", "fieldValidation");
    private static final String META = "#/definitions/io.k8s.apimachinery";
    private static final int HASH_BYTES = 6;

    /** A kind's definition, as a reference. */
    private final Function<GroupVersionKind, ObjectNode> references;
    private final Map<String, ObjectNode> shared = new TreeMap<>();

    PathsV2(Function<GroupVersionKind, ObjectNode> references) {
        this.references = references;
    }

    /** What the items refer to that were made so far. */
    Map<String, ObjectNode> shared() {
        return shared;
    }

    ObjectNode item(PathItems.Item item) {
        ObjectNode tree = Json.object();
        item.operations().forEach(operation -> tree.set(operation.method(), operation(operation, item)));
        if (!item.common().isEmpty()) {
            ArrayNode parameters = tree.putArray("parameters");
            item.common().forEach(one -> parameters.add(parameter(one)));
        }
        return tree;
    }

    private ObjectNode operation(Operation operation, PathItems.Item item) {
        ObjectNode tree = Json.object().put("description", operation.description());
        operation.consumes().forEach(tree.putArray("consumes")::add);
        operation.produces().forEach(tree.putArray("produces")::add);
        tree.putArray("schemes").add("https");
        tree.putArray("tags").add(operation.tag());
        tree.put("operationId", operation.id());
        ArrayNode parameters = Json.object().arrayNode();
        Operation.Body takes = operation.takes();
        if (takes != null) {
            parameters.add(body(takes));
        }
        item.own(operation).forEach(one -> parameters.add(parameter(one)));
        if (!parameters.isEmpty()) {
            tree.set("parameters", parameters);
        }
        ObjectNode responses = tree.putObject("responses");
        for (int code : operation.codes()) {
            responses.putObject(Integer.toString(code)).put("description", CODES.get(code)).set("schema",
                    given(operation.gives()));
        }
        responses.putObject("401").put("description", "Unauthorized");
        GroupVersionKind about = operation.about();
        if (about != null) {
            tree.put("x-kubernetes-action", operation.action());
            tree.putObject("x-kubernetes-group-version-kind").put("group", about.group())
                    .put("version", about.version()).put("kind", about.kind());
        }
        return tree;
    }

    private ObjectNode given(@Nullable GroupVersionKind kind) {
        return kind == null ? Json.object().put("type", "string") : references.apply(kind);
    }

    private ObjectNode body(Operation.Body body) {
        ObjectNode schema = body.kind() == null
                ? Json.object().put("$ref", META + ".pkg.apis.meta.v1.Patch")
                : references.apply(body.kind());
        ObjectNode tree = Json.object().put("name", "body").put("in", "body");
        if (body.required()) {
            tree.put("required", true);
        }
        tree.set("schema", schema);
        return schema.path("$ref").asText("").startsWith(META) ? reference("body", tree) : tree;
    }

    private ObjectNode parameter(Parameter parameter) {
        ObjectNode tree = parameter.toTreeV2();
        return NEVER_SHARED.contains(parameter.name()) ? tree : reference(parameter.name(), tree);
    }

    private ObjectNode reference(String name, ObjectNode parameter) {
        String key = name + "-" + hash(parameter.toString());
        shared.putIfAbsent(key, parameter);
        return Json.object().put("$ref", "#/parameters/" + key);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, HASH_BYTES));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
