package dev.xebec.gateway.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.api.ApiClient;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.api.ApiResponse;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import java.util.List;
import java.util.Map;

/**
 * What every cluster has from its start: namespaces, and the priority classes of the system; made by whichever gateway is
 * first. Source: controlplane {@code controller/systemnamespaces}, k/k {@code pkg/apis/scheduling/v1/helpers.go}.
 */
final class SystemObjects {
    static final List<String> NAMESPACES = List.of("default", "kube-system", "kube-public", "kube-node-lease");
    private static final GroupVersionResource PRIORITY_CLASSES = new GroupVersionResource("scheduling.k8s.io", "v1",
            "priorityclasses");
    private static final ApiRequest.User USER = new ApiRequest.User("system:apiserver", List.of("system:masters"));

    private SystemObjects() {}

    /** {@link UnavailableException} where the store cannot take them now. */
    static void ensure(ApiClient api) {
        for (String name : NAMESPACES) {
            ensure(api, GroupVersionResource.NAMESPACES, object("v1", "Namespace", name));
        }
        ensure(api, PRIORITY_CLASSES, priorityClass("system-cluster-critical", 2_000_000_000,
                "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary."));
        ensure(api, PRIORITY_CLASSES, priorityClass("system-node-critical", 2_000_001_000,
                "Used for system critical pods that must not be moved from their current node."));
    }

    private static ObjectNode object(String apiVersion, String kind, String name) {
        ObjectNode object = Json.object().put("apiVersion", apiVersion).put("kind", kind);
        object.putObject("metadata").put("name", name);
        return object;
    }

    private static ObjectNode priorityClass(String name, int value, String description) {
        return object("scheduling.k8s.io/v1", "PriorityClass", name).put("value", value).put("description",
                description);
    }

    private static void ensure(ApiClient api, GroupVersionResource resource, ObjectNode object) {
        String name = object.path("metadata").path("name").asText();
        ApiResponse there = api.send(request("GET", resource.path("", name), Bytes.EMPTY));
        if (there.ok()) {
            return;
        }
        if (there.code() != 404) {
            throw new UnavailableException(
                    resource.resource() + " " + name + " cannot be read: " + there.body().utf8());
        }
        ApiResponse made = api.send(request("POST", resource.path(""), Bytes.of(Json.bytes(object))));
        if (!made.ok() && made.code() != 409) {
            throw new UnavailableException(
                    resource.resource() + " " + name + " could not be made: " + made.body().utf8());
        }
    }

    private static ApiRequest request(String method, String path, Bytes body) {
        return new ApiRequest(method, path, Map.of(), "application/json", "", body, USER, "xebec");
    }
}
