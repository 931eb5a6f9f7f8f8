package dev.xebec.controller.endpoints;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Pods;
import dev.xebec.kit.informer.Cache;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The pods behind a Service, grouped by the ports that they serve it on: a port by name may be another number in
 * another pod. Groups and the pods in them are in a fixed order.
 *
 * <p>Source: k/k {@code pkg/controller/endpoint}, {@code endpointslice/reconciler.go}.
 */
record Backends(Map<ArrayNode, List<Backend>> byPorts) {

    /** Whether the Service's backends are ours to find. */
    static boolean selects(ApiObject service) {
        return !ApiObject.strings(service.spec().path("selector")).isEmpty()
                && !"ExternalName".equals(service.spec().path("type").asText());
    }

    static boolean headless(ApiObject service) {
        return "None".equals(service.spec().path("clusterIP").asText());
    }

    static boolean selects(ApiObject service, ApiObject pod) {
        var selector = ApiObject.strings(service.spec().path("selector")).entrySet();
        return !selector.isEmpty() && pod.labels().entrySet().containsAll(selector);
    }

    /** @param family {@code IPv4} or {@code IPv6} */
    static Backends of(ApiObject service, String family, Cache cache) {
        Map<ArrayNode, List<Backend>> byPorts = new LinkedHashMap<>();
        for (ApiObject pod : cache.list(GroupVersionResource.PODS, service.namespace())) {
            if (selects(service, pod) && !Pods.finished(pod)) {
                String address = address(pod, family);
                ArrayNode ports = ports(service, pod);
                boolean reachable = !ports.isEmpty() || service.spec().path("ports").isEmpty();
                if (!address.isEmpty() && reachable) {
                    byPorts.computeIfAbsent(ports, key -> new ArrayList<>()).add(backend(service, pod, address, cache));
                }
            }
        }
        return new Backends(byPorts);
    }

    private static Backend backend(ApiObject service, ApiObject pod, String address, Cache cache) {
        boolean anyway = service.spec().path("publishNotReadyAddresses").asBoolean(false);
        boolean serving = Pods.ready(pod);
        boolean ready = anyway || serving && !pod.deleting();
        String hostname = pod.spec().path("subdomain").asText("").equals(service.name())
                ? pod.spec().path("hostname").asText("")
                : "";
        ApiObject node = cache.get(GroupVersionResource.NODES, new ObjectKey("", Pods.node(pod)));
        String zone = node == null ? "" : node.labels().getOrDefault("topology.kubernetes.io/zone", "");
        return new Backend(pod, address, ready, serving, pod.deleting(), hostname, zone);
    }

    private static String address(ApiObject pod, String family) {
        Set<String> addresses = new LinkedHashSet<>();
        addresses.add(pod.status().path("podIP").asText(""));
        pod.status().path("podIPs").forEach(ip -> addresses.add(ip.path("ip").asText("")));
        return addresses.stream().filter(ip -> !ip.isEmpty() && ip.contains(":") == family.equals("IPv6")).findFirst()
                .orElse("");
    }

    /** The Service's ports as this pod has them; those that it does not have are left out. */
    private static ArrayNode ports(ApiObject service, ApiObject pod) {
        ArrayNode ports = JsonNodeFactory.instance.arrayNode();
        for (JsonNode port : service.spec().path("ports")) {
            int number = target(port, pod);
            if (number > 0) {
                ObjectNode found = Json.object().put("name", port.path("name").asText("")).put("port", number)
                        .put("protocol", port.path("protocol").asText("TCP"));
                if (port.hasNonNull("appProtocol")) {
                    found.put("appProtocol", port.path("appProtocol").asText());
                }
                ports.add(found);
            }
        }
        return ports;
    }

    private static int target(JsonNode port, ApiObject pod) {
        JsonNode target = port.path("targetPort");
        if (!target.isTextual()) {
            int number = target.asInt(0);
            return number > 0 ? number : port.path("port").asInt(0);
        }
        String protocol = port.path("protocol").asText("TCP");
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : pod.spec().path(list)) {
                for (JsonNode named : container.path("ports")) {
                    if (named.path("name").asText("").equals(target.asText())
                            && named.path("protocol").asText("TCP").equals(protocol)) {
                        return named.path("containerPort").asInt(0);
                    }
                }
            }
        }
        return 0;
    }
}
