package dev.xebec.gateway.service;

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
 * The namespaces that every cluster has; made by whichever gateway is first. Source: controlplane
 * {@code controller/systemnamespaces}.
 */
final class SystemNamespaces {
    static final List<String> NAMES = List.of("default", "kube-system", "kube-public", "kube-node-lease");
    private static final ApiRequest.User USER = new ApiRequest.User("system:apiserver", List.of("system:masters"));

    private SystemNamespaces() {}

    /** {@link UnavailableException} where the store cannot take them now. */
    static void ensure(ApiClient api) {
        for (String name : NAMES) {
            ApiResponse there = api.send(request("GET", GroupVersionResource.NAMESPACES.path("", name), Bytes.EMPTY));
            if (there.ok()) {
                continue;
            }
            if (there.code() != 404) {
                throw new UnavailableException("namespace " + name + " cannot be read: " + there.body().utf8());
            }
            var namespace = Json.object().put("apiVersion", "v1").put("kind", "Namespace");
            namespace.putObject("metadata").put("name", name);
            ApiResponse made = api.send(request("POST", GroupVersionResource.NAMESPACES.path(""),
                    Bytes.of(Json.bytes(namespace))));
            if (!made.ok() && made.code() != 409) {
                throw new UnavailableException("namespace " + name + " could not be made: " + made.body().utf8());
            }
        }
    }

    private static ApiRequest request(String method, String path, Bytes body) {
        return new ApiRequest(method, path, Map.of(), "application/json", "", body, USER, "xebec");
    }
}
