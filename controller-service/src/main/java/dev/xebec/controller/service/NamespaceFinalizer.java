package dev.xebec.controller.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.api.ApiClient;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.api.ApiResponse;
import dev.xebec.contracts.member.Ownership;
import dev.xebec.controller.namespace.NamespaceContent;
import dev.xebec.controller.object.Trees;
import dev.xebec.kit.informer.Cache;
import dev.xebec.kit.informer.Informer;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends namespaces that are empty: removes their Events, which nobody watches, and then the {@code kubernetes} finalizer
 * through the {@code finalize} subresource. Both are no actions of a plan, hence a step of its own, taken again and
 * again until the namespace is gone.
 */
final class NamespaceFinalizer {
    private static final Logger LOG = LoggerFactory.getLogger(NamespaceFinalizer.class);
    private static final String FINALIZER = "kubernetes";
    private static final String JSON = "application/json";
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final ApiRequest.User NOBODY = new ApiRequest.User("", List.of());

    private final ApiClient client;
    private final Informer informer;
    private final Ownership ownership;
    private final List<GroupVersionResource> namespaced;

    /** @param client acts as a user of its own; @param namespaced every watched resource that can be in a namespace */
    NamespaceFinalizer(ApiClient client, Informer informer, Ownership ownership,
            List<GroupVersionResource> namespaced) {
        this.client = client;
        this.informer = informer;
        this.ownership = ownership;
        this.namespaced = namespaced;
    }

    /** Looks at the namespaces that end, once. */
    void look() {
        Cache cache = informer.cache();
        for (ApiObject namespace : cache.list(GroupVersionResource.NAMESPACES)) {
            if (namespace.deleting() && holds(namespace) && ownership.owns("namespace/" + namespace.name())
                    && NamespaceContent.of(namespace.name(), namespaced, cache).empty()) {
                try {
                    end(namespace);
                } catch (UnavailableException unavailable) {
                    LOG.warn("namespace {} cannot be ended now: {}", namespace.name(), unavailable.getMessage());
                }
            }
        }
    }

    private static boolean holds(ApiObject namespace) {
        for (JsonNode finalizer : namespace.spec().path("finalizers")) {
            if (finalizer.asText().equals(FINALIZER)) {
                return true;
            }
        }
        return false;
    }

    private void end(ApiObject namespace) {
        ApiResponse events = send("DELETE", GroupVersionResource.EVENTS.path(namespace.name()), Bytes.EMPTY);
        if (!events.ok() && events.code() != NOT_FOUND) {
            LOG.warn("the Events of namespace {} cannot be deleted: {}", namespace.name(), text(events));
            return;
        }
        ObjectNode copy = namespace.copy();
        ArrayNode kept = Trees.child(copy, "spec").putArray("finalizers");
        namespace.spec().path("finalizers").forEach(finalizer -> {
            if (!finalizer.asText().equals(FINALIZER)) {
                kept.add(finalizer);
            }
        });
        String path = GroupVersionResource.NAMESPACES.path("", namespace.name()) + "/finalize";
        ApiResponse answer = send("PUT", path, Bytes.of(Json.bytes(copy)));
        if (!answer.ok() && answer.code() != CONFLICT && answer.code() != NOT_FOUND) {
            LOG.warn("namespace {} cannot be ended: {}", namespace.name(), text(answer));
        }
    }

    private ApiResponse send(String method, String path, Bytes body) {
        return client.send(new ApiRequest(method, path, Map.of(), body.equals(Bytes.EMPTY) ? "" : JSON, "", body,
                NOBODY, ""));
    }

    private static String text(ApiResponse answer) {
        return answer.code() + " " + new String(answer.body().array(), java.nio.charset.StandardCharsets.UTF_8);
    }
}
