package dev.xebec.simulator.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.contracts.state.Change;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** A pod is bound once and for all, is finished once and for all, and its containers' restarts are never taken back. */
final class PodLife implements Invariant {
    private static final String NAME = "pod-life";
    private static final Set<String> FINISHED = Set.of("Succeeded", "Failed");

    @Override
    public void committed(long revision, List<Change> changes, Truth truth) {
        for (Transition step : truth.transitions()) {
            if (step.of(GroupVersionResource.PODS)) {
                ApiObject before = step.objectBefore();
                ApiObject after = step.objectAfter();
                if (before != null && after != null && before.uid().equals(after.uid())) {
                    check(step, before, after);
                }
            }
        }
    }

    private static void check(Transition step, ApiObject before, ApiObject after) {
        String node = node(before);
        if (!node.isEmpty() && !node.equals(node(after))) {
            throw wrong(step, "bound once, to " + node, "bound to '" + node(after) + "'");
        }
        if (node.isEmpty() && !node(after).isEmpty() && after.deleting()) {
            throw wrong(step, "not bound while it is being deleted", "bound to " + node(after));
        }
        String phase = before.status().path("phase").asText("");
        if (FINISHED.contains(phase) && !phase.equals(after.status().path("phase").asText(""))) {
            throw wrong(step, phase + " for good", after.status().path("phase").asText("no phase"));
        }
        restarts(step, before, after);
    }

    private static void restarts(Transition step, ApiObject before, ApiObject after) {
        TreeMap<String, Integer> counts = new TreeMap<>();
        for (JsonNode container : before.status().path("containerStatuses")) {
            counts.put(container.path("name").asText(), container.path("restartCount").asInt(0));
        }
        for (JsonNode container : after.status().path("containerStatuses")) {
            int was = counts.getOrDefault(container.path("name").asText(), 0);
            int is = container.path("restartCount").asInt(0);
            if (is < was) {
                throw wrong(step, "no fewer than " + was + " restarts of " + container.path("name").asText(), is + "");
            }
        }
    }

    private static String node(ApiObject pod) {
        return pod.spec().path("nodeName").asText("");
    }

    private static Violation wrong(Transition step, String expected, String found) {
        return new Violation(NAME, step.revision(), step + " is " + expected, found);
    }
}
