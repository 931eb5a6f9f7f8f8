package dev.xebec.kit.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.ApiClient;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.api.ApiResponse;
import dev.xebec.contracts.api.BindRequest;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Typed verbs over an {@link ApiClient}. Every call blocks; a call that nobody answers throws UnavailableException. */
public final class Resources {
    private static final String JSON = "application/json";
    private static final ApiRequest.User NOBODY = new ApiRequest.User("", List.of());

    private final ApiClient client;

    /** @param client acts as a user of its own: it fills in who asks */
    public Resources(ApiClient client) {
        this.client = client;
    }

    public ApiResult get(GroupVersionResource resource, String namespace, String name) {
        return send("GET", resource.path(namespace, name), Map.of(), "", Bytes.EMPTY);
    }

    public ApiResult create(GroupVersionResource resource, ApiObject object) {
        return send("POST", resource.path(object.namespace()), Map.of(), JSON, Bytes.of(object.toBytes()));
    }

    /** Replaces the object; its resourceVersion, where set, has to be the current one. */
    public ApiResult update(GroupVersionResource resource, ApiObject object) {
        return send("PUT", resource.path(object.namespace(), object.name()), Map.of(), JSON,
                Bytes.of(object.toBytes()));
    }

    /** Replaces the {@code status} subresource. */
    public ApiResult updateStatus(GroupVersionResource resource, ApiObject object) {
        return send("PUT", resource.path(object.namespace(), object.name()) + "/status", Map.of(), JSON,
                Bytes.of(object.toBytes()));
    }

    /** A JSON merge patch; {@code subresource} is empty for the object itself. */
    public ApiResult merge(GroupVersionResource resource, String namespace, String name, String subresource,
            JsonNode patch) {
        return send("PATCH", sub(resource.path(namespace, name), subresource), Map.of(), "application/merge-patch+json",
                Bytes.of(Json.bytes(patch)));
    }

    /** A strategic merge patch; {@code subresource} is empty for the object itself. */
    public ApiResult strategic(GroupVersionResource resource, String namespace, String name, String subresource,
            JsonNode patch) {
        return send("PATCH", sub(resource.path(namespace, name), subresource), Map.of(),
                "application/strategic-merge-patch+json", Bytes.of(Json.bytes(patch)));
    }

    /** A server-side apply that takes fields over; {@code subresource} is empty for the object itself. */
    public ApiResult apply(GroupVersionResource resource, ObjectKey key, String subresource, ObjectNode wanted,
            String manager) {
        return send("PATCH", sub(resource.path(key.namespace(), key.name()), subresource),
                Map.of("fieldManager", manager, "force", "true"), "application/apply-patch+yaml",
                Bytes.of(Json.bytes(wanted)));
    }

    /** Posts to a subresource such as {@code eviction}. */
    public ApiResult post(GroupVersionResource resource, String namespace, String name, String subresource,
            ObjectNode body) {
        return send("POST", resource.path(namespace, name) + "/" + subresource, Map.of(), JSON,
                Bytes.of(Json.bytes(body)));
    }

    /**
     * Deletes an object.
     *
     * @param uid precondition, empty for none
     * @param revision precondition, 0 for none
     * @param graceSeconds null for the object's own
     * @param propagation Background, Foreground or Orphan; empty for the kind's default
     */
    public ApiResult delete(GroupVersionResource resource, ObjectKey key, String uid, long revision,
            @Nullable Integer graceSeconds, String propagation) {
        ObjectNode options = Json.object().put("apiVersion", "v1").put("kind", "DeleteOptions");
        if (!uid.isEmpty() || revision != 0) {
            ObjectNode preconditions = options.putObject("preconditions");
            if (!uid.isEmpty()) {
                preconditions.put("uid", uid);
            }
            if (revision != 0) {
                preconditions.put("resourceVersion", Long.toString(revision));
            }
        }
        if (graceSeconds != null) {
            options.put("gracePeriodSeconds", graceSeconds);
        }
        if (!propagation.isEmpty()) {
            options.put("propagationPolicy", propagation);
        }
        return send("DELETE", resource.path(key.namespace(), key.name()), Map.of(), JSON,
                Bytes.of(Json.bytes(options)));
    }

    /** The list object itself ({@code items} within). Namespace empty for all. */
    public ApiResult list(GroupVersionResource resource, String namespace, Map<String, String> query) {
        return send("GET", resource.path(namespace), query, "", Bytes.EMPTY);
    }

    /**
     * Binds many pods at once; one result per bind, in their order.
     *
     * @throws RejectedException when the request as a whole is refused
     */
    public List<BindRequest.Result> bind(BindRequest request) {
        ApiResponse response = client.send(new ApiRequest("POST", Bindings.PATH, Map.of(), JSON, "",
                Bytes.of(Json.bytes(Bindings.toTree(request))), NOBODY, ""));
        if (!response.ok()) {
            throw new RejectedException(Status.parse(Json.parseObject(response.body().array())));
        }
        return Bindings.results(Json.parse(response.body().array()));
    }

    private ApiResult send(String method, String path, Map<String, String> query, String contentType, Bytes body) {
        ApiResponse response = client.send(new ApiRequest(method, path, new LinkedHashMap<>(query), contentType, "",
                body, NOBODY, ""));
        ObjectNode tree = Json.parseObject(response.body().array());
        return response.ok() ? new ApiResult.Ok(ApiObject.of(tree)) : new ApiResult.Refused(Status.parse(tree));
    }

    private static String sub(String path, String subresource) {
        return subresource.isEmpty() ? path : path + "/" + subresource;
    }
}
