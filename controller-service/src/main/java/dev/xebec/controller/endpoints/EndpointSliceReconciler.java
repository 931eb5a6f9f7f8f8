package dev.xebec.controller.endpoints;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Kinds;
import dev.xebec.controller.object.StableName;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the EndpointSlices of each Service with a selector. A slice's name follows from the Service's uid, the ports
 * and the slice's number, so that two replicas make the same ones.
 */
public final class EndpointSliceReconciler implements Reconciler {
    /** Endpoints in one slice. Source: k/k {@code --max-endpoints-per-slice}. */
    static final int MAX_ENDPOINTS = 100;
    private static final String SERVICE_NAME = "kubernetes.io/service-name";
    private static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
    private static final String MANAGER = "endpointslice-controller.k8s.io";
    private static final String HEADLESS = "service.kubernetes.io/headless";
    private static final GroupVersionResource SLICES = GroupVersionResource.ENDPOINT_SLICES;

    @Override
    public String name() {
        return "endpointslice";
    }

    @Override
    public Set<GroupVersionResource> reads() {
        return Set.of(GroupVersionResource.SERVICES, GroupVersionResource.PODS, GroupVersionResource.NODES, SLICES);
    }

    @Override
    public Collection<ObjectKey> allKeys(Cache cache) {
        return ServiceKeys.all(cache);
    }

    @Override
    public Collection<ObjectKey> keysFor(ObjectChange change, Cache cache) {
        if (!change.resource().equals(SLICES)) {
            return ServiceKeys.of(change, cache);
        }
        ApiObject slice = change.any();
        return ours(slice)
                ? List.of(new ObjectKey(slice.namespace(), slice.labels().getOrDefault(SERVICE_NAME, "")))
                : List.of();
    }

    private static boolean ours(ApiObject slice) {
        return MANAGER.equals(slice.labels().get(MANAGED_BY));
    }

    @Override
    public Plan reconcile(ObjectKey key, Cache cache, Instant now) {
        ApiObject service = cache.get(GroupVersionResource.SERVICES, key);
        if (service == null || service.deleting() || EndpointsReconciler.namespaceEnding(key, cache)) {
            return Plan.NOTHING;
        }
        Map<String, ObjectNode> wanted = Backends.selects(service) ? wanted(service, cache) : Map.of();
        List<Action> actions = new ArrayList<>();
        for (ApiObject slice : cache.list(SLICES, key.namespace())) {
            boolean mine = ours(slice) && service.name().equals(slice.labels().get(SERVICE_NAME));
            if (mine && !wanted.containsKey(slice.name()) && !slice.deleting()) {
                actions.add(Writes.delete(SLICES, slice, ""));
            }
        }
        wanted.forEach((name, slice) -> {
            ApiObject present = cache.get(SLICES, new ObjectKey(key.namespace(), name));
            if (present == null) {
                actions.add(new Action.Create(SLICES, ApiObject.of(slice)));
            } else if (!same(present, slice)) {
                actions.add(new Action.Update(SLICES, merged(present, slice)));
            }
        });
        return new Plan(List.copyOf(actions), null);
    }

    private static Map<String, ObjectNode> wanted(ApiObject service, Cache cache) {
        Map<String, ObjectNode> slices = new LinkedHashMap<>();
        Set<String> families = new LinkedHashSet<>();
        service.spec().path("ipFamilies").forEach(family -> families.add(family.asText()));
        if (families.isEmpty()) {
            families.add(EndpointsReconciler.family(service));
        }
        for (String family : families) {
            Map<ArrayNode, List<Backend>> byPorts = Backends.of(service, family, cache).byPorts();
            byPorts.forEach((ports, backends) -> {
                for (int from = 0, number = 0; from < backends.size(); from += MAX_ENDPOINTS, number++) {
                    int to = Math.min(backends.size(), from + MAX_ENDPOINTS);
                    add(slices, slice(service, family, ports, number, backends.subList(from, to)));
                }
            });
            if (byPorts.isEmpty()) {
                add(slices, slice(service, family, JsonNodeFactory.instance.arrayNode(), 0, List.of()));
            }
        }
        return slices;
    }

    private static void add(Map<String, ObjectNode> slices, ObjectNode slice) {
        slices.put(slice.path("metadata").path("name").asText(), slice);
    }

    private static ObjectNode slice(ApiObject service, String family, ArrayNode ports, int number,
            List<Backend> backends) {
        String suffix = StableName.suffix(5, service.uid(), family, ports.toString(), Integer.toString(number));
        ObjectNode slice = Writes.object(Kinds.ENDPOINT_SLICE, service.namespace(),
                StableName.of(service.name(), suffix));
        ObjectNode metadata = Trees.child(slice, "metadata");
        metadata.put("generateName", service.name() + "-");
        ObjectNode labels = metadata.putObject("labels");
        Trees.putAll(labels, service.labels());
        labels.put(MANAGED_BY, MANAGER).put(SERVICE_NAME, service.name());
        if (Backends.headless(service)) {
            labels.put(HEADLESS, "");
        }
        metadata.putArray("ownerReferences").add(Writes.controllerReference(Kinds.SERVICE, service));
        slice.put("addressType", family);
        ArrayNode endpoints = slice.putArray("endpoints");
        backends.forEach(backend -> endpoints.add(endpoint(backend)));
        slice.set("ports", ports);
        return slice;
    }

    private static ObjectNode endpoint(Backend backend) {
        ObjectNode endpoint = Json.object();
        endpoint.putArray("addresses").add(backend.address());
        endpoint.putObject("conditions").put("ready", backend.ready()).put("serving", backend.serving())
                .put("terminating", backend.terminating());
        if (!backend.hostname().isEmpty()) {
            endpoint.put("hostname", backend.hostname());
        }
        if (!backend.node().isEmpty()) {
            endpoint.put("nodeName", backend.node());
        }
        endpoint.set("targetRef", backend.targetRef());
        if (!backend.zone().isEmpty()) {
            endpoint.put("zone", backend.zone());
        }
        return endpoint;
    }

    private static boolean same(ApiObject present, ObjectNode wanted) {
        return present.labels().equals(ApiObject.of(wanted).labels())
                && sameList(present.tree().path("endpoints"), wanted.path("endpoints"))
                && sameList(present.tree().path("ports"), wanted.path("ports"));
    }

    /** No list and an empty one say the same. */
    private static boolean sameList(JsonNode present, JsonNode wanted) {
        return Trees.same(present, wanted) || present.isEmpty() && wanted.isEmpty();
    }

    private static ApiObject merged(ApiObject present, ObjectNode wanted) {
        ObjectNode merged = present.copy();
        Trees.child(merged, "metadata").set("labels", wanted.path("metadata").path("labels"));
        merged.set("endpoints", wanted.get("endpoints"));
        merged.set("ports", wanted.get("ports"));
        return ApiObject.of(merged);
    }
}
