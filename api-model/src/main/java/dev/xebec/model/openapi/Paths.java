package dev.xebec.model.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.Kind.Subresource;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.Json;
import dev.xebec.model.schema.Schema.Struct;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The paths of a document, and what each of their methods takes and gives. */
final class Paths {
    private static final List<String> PATCHES = List.of("application/apply-patch+yaml", "application/json-patch+json",
            "application/merge-patch+json");
    private static final String STRATEGIC = "application/strategic-merge-patch+json";

    private final GroupVersion groupVersion;
    private final KindRegistry registry;
    private final Components components;
    private final Map<String, ObjectNode> paths = new TreeMap<>();

    Paths(GroupVersion groupVersion, KindRegistry registry, Components components) {
        this.groupVersion = groupVersion;
        this.registry = registry;
        this.components = components;
        resourceList();
    }

    ObjectNode tree() {
        ObjectNode tree = Json.object();
        paths.forEach(tree::set);
        return tree;
    }

    void add(Kind kind) {
        boolean namespaced = kind.namespaced();
        String collection = kind.resource().path(namespaced ? "{namespace}" : "");
        GroupVersionKind list = groupVersion.kind(kind.listKind());
        Set<String> verbs = kind.verbs();
        if (namespaced && verbs.contains("list")) {
            operation(kind.resource().path(""), "get", "list", kind, kind.name(), list);
        }
        if (verbs.contains("list")) {
            operation(collection, "get", "list", kind, kind.name(), list);
        }
        if (verbs.contains("create")) {
            body(operation(collection, "post", "create", kind, kind.name(), kind.name()), kind.name());
        }
        if (verbs.contains("deletecollection")) {
            body(operation(collection, "delete", "deletecollection", kind, kind.name(), status()), deleteOptions());
        }
        item(collection + "/{name}", verbs, kind, kind.name());
        if (verbs.contains("delete")) {
            body(operation(collection + "/{name}", "delete", "delete", kind, kind.name(), status()), deleteOptions());
        }
        for (Subresource subresource : kind.subresources().values()) {
            String path = collection + "/{name}/" + subresource.name();
            item(path, subresource.verbs(), kind, subresource.kind());
            if (subresource.verbs().contains("create")) {
                body(operation(path, "post", "create", kind, subresource.kind(), subresource.kind()),
                        subresource.kind());
            }
        }
    }

    /** Reading and changing one object. */
    private void item(String path, Set<String> verbs, Kind kind, GroupVersionKind speaks) {
        if (verbs.contains("get")) {
            operation(path, "get", "get", kind, speaks, speaks);
        }
        if (verbs.contains("update")) {
            body(operation(path, "put", "update", kind, speaks, speaks), speaks);
        }
        if (verbs.contains("patch")) {
            patches(operation(path, "patch", "patch", kind, speaks, speaks), kind);
        }
    }

    private ObjectNode operation(String path, String method, String verb, Kind kind, GroupVersionKind about,
            GroupVersionKind answer) {
        ObjectNode operation = paths.computeIfAbsent(path, absent -> Json.object()).putObject(method);
        operation.putArray("tags").add(tag());
        operation.put("operationId", verb + kind.name().kind() + path.replaceAll("[^A-Za-z0-9]+", "_"));
        ArrayNode parameters = operation.putArray("parameters");
        Parameters.ofPath(path, parameters);
        Parameters.ofVerb(verb, parameters);
        ObjectNode ok = Json.object().put("description", "OK");
        components.reference(answer).ifPresentOrElse(
                reference -> ok.putObject("content").putObject("application/json").set("schema", reference),
                () -> ok.putObject("content").putObject("text/plain").putObject("schema").put("type", "string"));
        ObjectNode responses = operation.putObject("responses");
        responses.set(verb.equals("create") ? "201" : "200", ok);
        responses.putObject("401").put("description", "Unauthorized");
        operation.put("x-kubernetes-action", action(verb));
        operation.putObject("x-kubernetes-group-version-kind").put("group", about.group())
                .put("version", about.version()).put("kind", about.kind());
        return operation;
    }

    private static String action(String verb) {
        return switch (verb) {
            case "create" -> "post";
            case "update" -> "put";
            default -> verb;
        };
    }

    private void body(ObjectNode operation, GroupVersionKind takes) {
        components.reference(takes).ifPresent(reference -> operation.putObject("requestBody").putObject("content")
                .putObject("*/*").set("schema", reference));
    }

    /** Custom resources have no strategic merge patch: nothing says how their lists merge. */
    private void patches(ObjectNode operation, Kind kind) {
        boolean strategic = kind.custom() == null && kind.schema() instanceof Struct struct
                && registry.openApiName(struct.typeName()).isPresent();
        ObjectNode content = operation.putObject("requestBody").putObject("content");
        PATCHES.forEach(type -> content.putObject(type).putObject("schema").put("type", "object"));
        if (strategic) {
            content.putObject(STRATEGIC).putObject("schema").put("type", "object");
        }
    }

    private void resourceList() {
        String path = (groupVersion.group().isEmpty() ? "/api/" : "/apis/") + groupVersion + "/";
        ObjectNode operation = paths.computeIfAbsent(path, absent -> Json.object()).putObject("get");
        operation.putArray("tags").add(tag());
        operation.put("operationId", "getResources" + path.replaceAll("[^A-Za-z0-9]+", "_"));
        ObjectNode ok = operation.putObject("responses").putObject("200").put("description", "OK");
        components.reference(new GroupVersionKind("meta.k8s.io", "v1", "APIResourceList")).ifPresent(
                reference -> ok.putObject("content").putObject("application/json").set("schema", reference));
    }

    private String tag() {
        return (groupVersion.group().isEmpty() ? "core" : groupVersion.group().replaceFirst("\\..*", "")) + "_"
                + groupVersion.version();
    }

    private static GroupVersionKind status() {
        return new GroupVersionKind("", "v1", "Status");
    }

    private static GroupVersionKind deleteOptions() {
        return new GroupVersionKind("", "v1", "DeleteOptions");
    }
}
