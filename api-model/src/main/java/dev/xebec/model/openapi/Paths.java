package dev.xebec.model.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The paths of an OpenAPI v3 document, and what each of their methods takes and gives.
 *
 * <p>Source: kube-openapi {@code pkg/builder3}.
 */
final class Paths {
    private static final Map<Integer, String> CODES = Map.of(200, "OK", 201, "Created", 202, "Accepted");

    private final Components components;
    private final Map<String, ObjectNode> paths = new TreeMap<>();

    Paths(Components components) {
        this.components = components;
    }

    ObjectNode tree() {
        ObjectNode tree = Json.object();
        paths.forEach(tree::set);
        return tree;
    }

    void add(List<Operation> operations) {
        PathItems.of(operations).forEach((path, item) -> {
            ObjectNode tree = paths.computeIfAbsent(path, absent -> Json.object());
            if (!item.common().isEmpty()) {
                ArrayNode parameters = tree.putArray("parameters");
                item.common().forEach(parameter -> parameters.add(parameter.toTree()));
            }
            item.operations().forEach(operation -> tree.set(operation.method(), operation(operation, item)));
        });
    }

    private ObjectNode operation(Operation operation, PathItems.Item item) {
        ObjectNode tree = Json.object();
        tree.putArray("tags").add(operation.tag());
        tree.put("description", operation.description()).put("operationId", operation.id());
        List<Parameter> own = item.own(operation);
        if (!own.isEmpty()) {
            ArrayNode parameters = tree.putArray("parameters");
            own.forEach(parameter -> parameters.add(parameter.toTree()));
        }
        Operation.Body takes = operation.takes();
        if (takes != null) {
            ObjectNode body = tree.putObject("requestBody");
            ObjectNode content = body.putObject("content");
            operation.consumes().forEach(type -> content.putObject(type).set("schema", taken(takes)));
            if (takes.required()) {
                body.put("required", true);
            }
        }
        ObjectNode responses = tree.putObject("responses");
        for (int code : operation.codes()) {
            ObjectNode content = responses.putObject(Integer.toString(code)).put("description", CODES.get(code))
                    .putObject("content");
            operation.produces().forEach(type -> content.putObject(type).set("schema", given(operation.gives())));
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

    private ObjectNode taken(Operation.Body body) {
        return body.kind() == null ? components.patch() : given(body.kind());
    }

    private ObjectNode given(@Nullable GroupVersionKind kind) {
        return kind == null
                ? Json.object().put("type", "string")
                : components.reference(kind).or(() -> components.type(kind))
                        .orElseGet(() -> Json.object().put("type", "string"));
    }
}
