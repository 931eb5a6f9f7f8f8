package dev.xebec.controller.members;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.member.Member;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the Service {@code kubernetes} in {@code default}, through which pods reach the API, with the gateways that are
 * ready behind it. While no gateway is known, what is there stays: no answer is not the answer "none".
 */
public final class KubernetesServiceReconciler implements Reconciler {
    static final ObjectKey KEY = new ObjectKey("default", "kubernetes");
    private static final int HTTPS = 443;
    private static final String SERVICE_NAME = "kubernetes.io/service-name";
    /** Its slices are made here; nobody makes others of the Endpoints. */
    private static final String NOT_MIRRORED = "endpointslice.kubernetes.io/skip-mirror";
    private static final GroupVersionResource SERVICES = GroupVersionResource.SERVICES;
    private static final GroupVersionResource ENDPOINTS = GroupVersionResource.ENDPOINTS;
    private static final GroupVersionResource SLICES = GroupVersionResource.ENDPOINT_SLICES;

    private final Supplier<List<Member>> gateways;

    /** @param gateways the ready members with role {@code api-gateway} */
    public KubernetesServiceReconciler(Supplier<List<Member>> gateways) {
        this.gateways = gateways;
    }

    @Override
    public String name() {
        return "kubernetes-service";
    }

    @Override
    public Set<GroupVersionResource> reads() {
        return Set.of(SERVICES, ENDPOINTS, SLICES, GroupVersionResource.NAMESPACES);
    }

    @Override
    public Collection<ObjectKey> allKeys(Cache cache) {
        return List.of(KEY);
    }

    @Override
    public Collection<ObjectKey> keysFor(ObjectChange change, Cache cache) {
        ApiObject object = change.any();
        boolean ours = change.resource().equals(GroupVersionResource.NAMESPACES)
                ? object.name().equals(KEY.namespace())
                : object.namespace().equals(KEY.namespace()) && object.name().startsWith(KEY.name());
        return ours ? List.of(KEY) : List.of();
    }

    @Override
    public Plan reconcile(ObjectKey key, Cache cache, Instant now) {
        SortedMap<Integer, List<String>> addresses = GatewayAddresses.byPort(gateways.get());
        boolean namespace = cache.get(GroupVersionResource.NAMESPACES, new ObjectKey("", KEY.namespace())) != null;
        if (!namespace || addresses.isEmpty()) {
            return Plan.NOTHING;
        }
        List<Action> actions = new ArrayList<>();
        if (cache.get(SERVICES, KEY) == null) {
            actions.add(new Action.Create(SERVICES, service(addresses.firstKey())));
        }
        endpoints(cache, addresses, actions);
        slices(cache, addresses, actions);
        return new Plan(List.copyOf(actions), null);
    }

    private static ApiObject service(int targetPort) {
        ObjectNode service = Writes.object(Kinds.SERVICE, KEY.namespace(), KEY.name());
        Trees.child(service, "metadata").putObject("labels").put("component", "apiserver").put("provider",
                "kubernetes");
        ObjectNode spec = service.putObject("spec").put("type", "ClusterIP").put("sessionAffinity", "None");
        spec.putArray("ports").addObject().put("name", "https").put("protocol", "TCP").put("port", HTTPS)
                .put("targetPort", targetPort);
        return ApiObject.of(service);
    }

    private static void endpoints(Cache cache, SortedMap<Integer, List<String>> addresses, List<Action> actions) {
        ArrayNode subsets = Json.object().putArray("subsets");
        addresses.forEach((port, hosts) -> {
            ObjectNode subset = subsets.addObject();
            ArrayNode list = subset.putArray("addresses");
            hosts.forEach(host -> list.addObject().put("ip", host));
            subset.putArray("ports").add(port(port));
        });
        ObjectNode wanted = Writes.object(Kinds.ENDPOINTS, KEY.namespace(), KEY.name());
        Trees.child(wanted, "metadata").putObject("labels").put(NOT_MIRRORED, "true");
        wanted.set("subsets", subsets);
        write(ENDPOINTS, cache.get(ENDPOINTS, KEY), wanted, List.of("subsets"), actions);
    }

    private static ObjectNode port(int port) {
        return Json.object().put("name", "https").put("port", port).put("protocol", "TCP");
    }

    private static void slices(Cache cache, SortedMap<Integer, List<String>> addresses, List<Action> actions) {
        List<String> names = new ArrayList<>();
        addresses.forEach((port, hosts) -> {
            String name = names.isEmpty() ? KEY.name() : KEY.name() + "-" + port;
            names.add(name);
            ObjectNode wanted = Writes.object(Kinds.ENDPOINT_SLICE, KEY.namespace(), name);
            Trees.child(wanted, "metadata").putObject("labels").put(SERVICE_NAME, KEY.name());
            wanted.put("addressType", hosts.get(0).contains(":") ? "IPv6" : "IPv4");
            ArrayNode endpoints = wanted.putArray("endpoints");
            hosts.forEach(host -> {
                ObjectNode endpoint = endpoints.addObject();
                endpoint.putArray("addresses").add(host);
                endpoint.putObject("conditions").put("ready", true);
            });
            wanted.putArray("ports").add(port(port));
            write(SLICES, cache.get(SLICES, new ObjectKey(KEY.namespace(), name)), wanted,
                    List.of("endpoints", "ports"), actions);
        });
        for (ApiObject slice : cache.list(SLICES, KEY.namespace())) {
            if (KEY.name().equals(slice.labels().get(SERVICE_NAME)) && !names.contains(slice.name())
                    && slice.ownerReferences().isEmpty()) {
                actions.add(Writes.delete(SLICES, slice, ""));
            }
        }
    }

    private static void write(GroupVersionResource resource, @Nullable ApiObject present,
            ObjectNode wanted, List<String> fields, List<Action> actions) {
        if (present == null) {
            actions.add(new Action.Create(resource, ApiObject.of(wanted)));
            return;
        }
        boolean same = fields.stream().allMatch(field -> {
            JsonNode before = present.tree().path(field);
            return Trees.same(before, wanted.path(field)) || before.isEmpty() && wanted.path(field).isEmpty();
        });
        if (!same) {
            ObjectNode copy = present.copy();
            fields.forEach(field -> copy.set(field, wanted.get(field)));
            actions.add(new Action.Update(resource, ApiObject.of(copy)));
        }
    }
}
