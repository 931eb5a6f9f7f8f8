package dev.xebec.gateway.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.api.ApiClient;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.api.ApiResponse;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * What every cluster has from its start: namespaces, the priority classes of the system, and the range of Services' addresses;
 * made by whichever gateway is first, and left alone where it is there. What nobody has to wait for is the controllers'.
 *
 * <p>Source: controlplane {@code controller/systemnamespaces} and {@code controller/defaultservicecidr}, k/k {@code
 * pkg/apis/scheduling/v1/helpers.go}.
 */
final class SystemObjects {
    static final List<String> NAMESPACES = List.of("default", "kube-system", "kube-public", "kube-node-lease");
    private static final GroupVersionResource PRIORITY_CLASSES = new GroupVersionResource("scheduling.k8s.io", "v1",
            "priorityclasses");
    private static final GroupVersionResource SERVICE_CIDRS = new GroupVersionResource("networking.k8s.io", "v1",
            "servicecidrs");
    private static final String DEFAULT_CIDR = "kubernetes";
    private static final String CIDR_MANAGER = "kubernetes-service-cidr-controller";
    /** Writes under the name that kube-apiserver writes its own objects under. */
    private static final String AGENT = "kube-apiserver";
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

    /**
     * The ServiceCIDR {@code kubernetes}, ready where it says what is configured; nothing waits for it.
     *
     * @param now for its condition
     */
    static void ensureServiceCidr(ApiClient api, String cidr, Instant now) {
        ObjectNode object = object("networking.k8s.io/v1", "ServiceCIDR", DEFAULT_CIDR);
        object.putObject("spec").putArray("cidrs").add(cidr);
        JsonNode present = ensure(api, SERVICE_CIDRS, object);
        if (!present.path("spec").equals(object.path("spec")) || !present.path("status").path("conditions").isEmpty()
                || present.path("metadata").has("deletionTimestamp")) {
            return;
        }
        ObjectNode said = object("networking.k8s.io/v1", "ServiceCIDR", DEFAULT_CIDR);
        said.putObject("status").putArray("conditions").addObject().put("type", "Ready").put("status", "True")
                .put("lastTransitionTime", now.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("message", "Kubernetes default Service CIDR is ready");
        String path = SERVICE_CIDRS.path("", DEFAULT_CIDR) + "/status";
        ApiResponse applied = api.send(new ApiRequest("PATCH", path,
                Map.of("fieldManager", CIDR_MANAGER, "force", "true"), "application/apply-patch+yaml", "",
                Bytes.of(Json.bytes(said)), USER, AGENT));
        if (!applied.ok() && applied.code() != 404) {
            throw new UnavailableException("the ServiceCIDR's status could not be set: " + applied.body().utf8());
        }
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

    /** The object as it is there, or as another made it just now. */
    private static JsonNode ensure(ApiClient api, GroupVersionResource resource, ObjectNode object) {
        String name = object.path("metadata").path("name").asText();
        ApiResponse there = api.send(request("GET", resource.path("", name), Bytes.EMPTY));
        if (there.ok()) {
            return Json.parse(there.body().array());
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
        return made.ok() ? Json.parse(made.body().array()) : Json.object();
    }

    private static ApiRequest request(String method, String path, Bytes body) {
        return new ApiRequest(method, path, Map.of(), "application/json", "", body, USER, AGENT);
    }
}
