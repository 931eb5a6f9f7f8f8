package dev.xebec.server.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.quantity.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What has to hold of a cluster's objects at any one revision. Pure. */
final class Invariants {
    private Invariants() {}

    /**
     * Nodes that were given more than they have, or more pods than were counted.
     *
     * @param nodes as the API lists them, like the other two, all of one revision
     */
    static List<String> overCommitted(JsonNode nodes, JsonNode pods, JsonNode allocations) {
        Map<String, Map<String, Quantity>> taken = new HashMap<>();
        Map<String, Long> bound = new HashMap<>();
        for (JsonNode pod : pods.path("items")) {
            String node = pod.path("spec").path("nodeName").asText("");
            if (!node.isEmpty()) {
                bound.merge(node, 1L, Long::sum);
            }
            if (!node.isEmpty() && !finished(pod)) {
                Map<String, Quantity> onNode = taken.computeIfAbsent(node, fresh -> new HashMap<>());
                onNode.merge("pods", Quantity.of(1), Quantity::add);
                PodRequest.of(pod.path("spec")).forEach((what, amount) -> onNode.merge(what, amount, Quantity::add));
            }
        }
        List<String> found = new ArrayList<>();
        for (JsonNode node : nodes.path("items")) {
            String name = name(node);
            taken.getOrDefault(name, Map.of()).forEach((what, amount) -> {
                Quantity has = Quantity.of(node.path("status").path("allocatable").get(what));
                if (amount.compareTo(has) > 0) {
                    found.add("node " + name + " has " + has + " of " + what + ", and its pods ask for " + amount);
                }
            });
        }
        Map<String, Long> counted = new HashMap<>();
        allocations.path("items").forEach(
                allocation -> counted.put(name(allocation), allocation.path("spec").path("binds").asLong()));
        new TreeMap<>(bound).forEach((node, count) -> {
            if (count > counted.getOrDefault(node, 0L)) {
                found.add("node " + node + " has " + count + " pods, and " + counted.getOrDefault(node, 0L)
                        + " were counted as they were bound to it");
            }
        });
        return found;
    }

    /**
     * Owners that have more live pods than they ask for, by uid. For a moment that may be: while one scales down, for
     * example. What stays is wrong.
     */
    static Map<String, String> surplus(JsonNode owners, JsonNode pods) {
        Map<String, List<String>> live = new HashMap<>();
        for (JsonNode pod : pods.path("items")) {
            if (!finished(pod) && !pod.path("metadata").has("deletionTimestamp")) {
                for (JsonNode owner : pod.path("metadata").path("ownerReferences")) {
                    if (owner.path("controller").asBoolean()) {
                        live.computeIfAbsent(owner.path("uid").asText(), fresh -> new ArrayList<>())
                                .add(name(pod));
                    }
                }
            }
        }
        Map<String, String> found = new TreeMap<>();
        for (JsonNode owner : owners.path("items")) {
            String uid = owner.path("metadata").path("uid").asText();
            long wanted = owner.path("spec").path("replicas").asLong(1);
            List<String> has = live.getOrDefault(uid, List.of());
            if (has.size() > wanted) {
                found.put(uid, owner.path("metadata").path("namespace").asText() + "/" + name(owner) + " asks for "
                        + wanted + " pods and has " + has.size() + ": " + String.join(", ", has));
            }
        }
        return found;
    }

    private static boolean finished(JsonNode pod) {
        String phase = pod.path("status").path("phase").asText("");
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    private static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }
}
