package dev.xebec.simulator.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.quantity.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a pod on a node takes of it, worked out apart from the scheduler's own code.
 *
 * @param seenSince the revision that the pod was pending at right before it was bound; that of its creation if it was born
 *     bound
 * @param labelsSince the revision that gave it its present labels
 * @param requests by resource; what the pod needs at any one time
 * @param hostPorts as the pod lists them
 */
record BoundPod(ObjectKey key, ApiObject pod, long seenSince, long labelsSince, Map<String, Quantity> requests,
        List<HostPort> hostPorts) {

    /** A port of the node's own. @param address {@code 0.0.0.0} for all */
    record HostPort(String protocol, String address, int port) {
        boolean clashesWith(HostPort other) {
            boolean sameAddress = address.equals(other.address) || address.equals("0.0.0.0")
                    || other.address.equals("0.0.0.0");
            return port == other.port && protocol.equals(other.protocol) && sameAddress;
        }
    }

    static BoundPod of(ApiObject pod, long seenSince, long labelsSince) {
        return new BoundPod(pod.key(), pod, seenSince, labelsSince, requests(pod), hostPorts(pod));
    }

    static boolean finished(ApiObject pod) {
        String phase = pod.status().path("phase").asText("");
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /** Source: component-helpers {@code resource.PodRequests}. */
    private static Map<String, Quantity> requests(ApiObject pod) {
        Map<String, Quantity> running = new TreeMap<>();
        pod.spec().path("containers").forEach(container -> add(running, requested(container)));
        Map<String, Quantity> sidecars = new TreeMap<>();
        Map<String, Quantity> most = new TreeMap<>();
        for (JsonNode container : pod.spec().path("initContainers")) {
            Map<String, Quantity> starting = new TreeMap<>(sidecars);
            add(starting, requested(container));
            starting.forEach((name, amount) -> most.merge(name, amount, BoundPod::larger));
            if (container.path("restartPolicy").asText("").equals("Always")) {
                add(sidecars, requested(container));
            }
        }
        add(running, sidecars);
        most.forEach((name, amount) -> running.merge(name, amount, BoundPod::larger));
        add(running, amounts(pod.spec().path("overhead")));
        return running;
    }

    private static Map<String, Quantity> requested(JsonNode container) {
        return amounts(container.path("resources").path("requests"));
    }

    static Map<String, Quantity> amounts(JsonNode list) {
        Map<String, Quantity> amounts = new TreeMap<>();
        list.properties().forEach(entry -> amounts.put(entry.getKey(), Quantity.of(entry.getValue())));
        return amounts;
    }

    static void add(Map<String, Quantity> sum, Map<String, Quantity> more) {
        more.forEach((name, amount) -> sum.merge(name, amount, Quantity::add));
    }

    private static Quantity larger(Quantity one, Quantity other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static List<HostPort> hostPorts(ApiObject pod) {
        List<HostPort> ports = new ArrayList<>();
        for (JsonNode container : pod.spec().path("containers")) {
            for (JsonNode port : container.path("ports")) {
                if (port.path("hostPort").asInt(0) > 0) {
                    String address = port.path("hostIP").asText("");
                    ports.add(new HostPort(port.path("protocol").asText("TCP"), address.isEmpty() ? "0.0.0.0" : address,
                            port.path("hostPort").asInt()));
                }
            }
        }
        return ports;
    }
}
