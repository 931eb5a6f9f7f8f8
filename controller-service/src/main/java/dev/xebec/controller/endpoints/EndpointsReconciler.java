package dev.xebec.controller.endpoints;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Kinds;
import dev.xebec.controller.object.Trees;
import dev.xebec.controller.object.Writes;
import dev.xebec.kit.informer.Cache;
import dev.xebec.kit.informer.Informer.ObjectChange;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.kit.reconcile.Plan;
import dev.xebec.kit.reconcile.Reconciler;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keeps the Endpoints object of each Service with a selector. */
public final class EndpointsReconciler implements Reconciler {
    /** Addresses in one object; more are left out, which an annotation says. Source: k/k maxCapacity. */
    static final int MAX_ADDRESSES = 1_000;
    private static final String MANAGED_BY = "endpoints.kubernetes.io/managed-by";
    private static final String MANAGER = "endpoint-controller";
    private static final String HEADLESS = "service.kubernetes.io/headless";
    private static final String OVER_CAPACITY = "endpoints.kubernetes.io/over-capacity";
    private static final GroupVersionResource ENDPOINTS = GroupVersionResource.ENDPOINTS;

    @Override
    public String name() {
        return "endpoint";
    }

    @Override
    public Set<GroupVersionResource> reads() {
        return Set.of(GroupVersionResource.SERVICES, GroupVersionResource.PODS, GroupVersionResource.NODES, ENDPOINTS);
    }

    @Override
    public Collection<ObjectKey> allKeys(Cache cache) {
        return Stream
                .concat(ServiceKeys.all(cache).stream(), cache.list(ENDPOINTS).stream().map(ObjectKey::of))
                .collect(Collectors.toSet());
    }

    @Override
    public Collection<ObjectKey> keysFor(ObjectChange change, Cache cache) {
        return change.resource().equals(ENDPOINTS) ? List.of(change.any().key()) : ServiceKeys.of(change, cache);
    }

    @Override
    public Plan reconcile(ObjectKey key, Cache cache, Instant now) {
        ApiObject service = cache.get(GroupVersionResource.SERVICES, key);
        ApiObject present = cache.get(ENDPOINTS, key);
        if (service == null) {
            return present != null && MANAGER.equals(present.labels().get(MANAGED_BY))
                    ? Plan.of(Writes.delete(ENDPOINTS, present, ""))
                    : Plan.NOTHING;
        }
        if (service.deleting() || !Backends.selects(service) || namespaceEnding(key, cache)) {
            return Plan.NOTHING;
        }
        ObjectNode wanted = wanted(service, cache);
        if (present == null) {
            return Plan.of(new Action.Create(ENDPOINTS, ApiObject.of(wanted)));
        }
        return same(present, wanted) ? Plan.NOTHING : Plan.of(new Action.Update(ENDPOINTS, merged(present, wanted)));
    }

    static boolean namespaceEnding(ObjectKey key, Cache cache) {
        ApiObject namespace = cache.get(GroupVersionResource.NAMESPACES, new ObjectKey("", key.namespace()));
        return namespace != null && namespace.deleting();
    }

    private static ObjectNode wanted(ApiObject service, Cache cache) {
        ObjectNode wanted = Writes.object(Kinds.ENDPOINTS, service.namespace(), service.name());
        ObjectNode labels = Trees.child(wanted, "metadata").putObject("labels");
        Trees.putAll(labels, service.labels());
        labels.put(MANAGED_BY, MANAGER);
        if (Backends.headless(service)) {
            labels.put(HEADLESS, "");
        }
        int left = MAX_ADDRESSES;
        boolean cut = false;
        ArrayNode subsets = JsonNodeFactory.instance.arrayNode();
        for (var group : Backends.of(service, family(service), cache).byPorts().entrySet()) {
            List<Backend> backends = group.getValue().stream().filter(backend -> !backend.terminating()
                    || service.spec().path("publishNotReadyAddresses").asBoolean(false)).toList();
            cut |= backends.size() > left;
            List<Backend> shown = backends.stream().limit(left).toList();
            left -= shown.size();
            if (!shown.isEmpty()) {
                subsets.add(subset(group.getKey(), shown));
            }
        }
        if (!subsets.isEmpty()) {
            wanted.set("subsets", subsets);
        }
        if (cut) {
            Trees.child(wanted, "metadata").putObject("annotations").put(OVER_CAPACITY, "truncated");
        }
        return wanted;
    }

    /** Endpoints are of the Service's first family only. */
    static String family(ApiObject service) {
        JsonNode families = service.spec().path("ipFamilies");
        if (!families.isEmpty()) {
            return families.get(0).asText();
        }
        return service.spec().path("clusterIP").asText("").contains(":") ? "IPv6" : "IPv4";
    }

    private static ObjectNode subset(ArrayNode ports, List<Backend> backends) {
        ObjectNode subset = Json.object();
        for (Backend backend : backends) {
            ObjectNode address = Trees.list(subset, backend.ready() ? "addresses" : "notReadyAddresses").addObject()
                    .put("ip", backend.address());
            if (!backend.hostname().isEmpty()) {
                address.put("hostname", backend.hostname());
            }
            if (!backend.node().isEmpty()) {
                address.put("nodeName", backend.node());
            }
            address.set("targetRef", backend.targetRef());
        }
        if (!ports.isEmpty()) {
            ArrayNode list = subset.putArray("ports");
            ports.forEach(port -> {
                ObjectNode one = port.deepCopy();
                if (one.path("name").asText("").isEmpty()) {
                    one.remove("name");
                }
                list.add(one);
            });
        }
        return subset;
    }

    private static boolean same(ApiObject present, ObjectNode wanted) {
        ApiObject want = ApiObject.of(wanted);
        return present.labels().equals(want.labels())
                && Trees.same(present.tree().path("subsets"), wanted.path("subsets"))
                && present.annotations().containsKey(OVER_CAPACITY) == want.annotations().containsKey(OVER_CAPACITY);
    }

    /** What is ours of the wanted object, the rest of the present one. */
    private static ApiObject merged(ApiObject present, ObjectNode wanted) {
        ObjectNode merged = present.copy();
        ObjectNode metadata = Trees.child(merged, "metadata");
        metadata.set("labels", wanted.path("metadata").path("labels"));
        ObjectNode annotations = Trees.child(metadata, "annotations");
        annotations.remove(OVER_CAPACITY);
        Trees.putAll(annotations, ApiObject.strings(wanted.path("metadata").path("annotations")));
        if (annotations.isEmpty()) {
            metadata.remove("annotations");
        }
        merged.remove("subsets");
        if (wanted.has("subsets")) {
            merged.set("subsets", wanted.get("subsets"));
        }
        return ApiObject.of(merged);
    }
}
