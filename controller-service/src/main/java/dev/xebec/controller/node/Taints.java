package dev.xebec.controller.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Conditions;
import dev.xebec.controller.object.Timestamps;
import dev.xebec.controller.object.Trees;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Which taints a node has by its conditions. Source: k/k {@code node_lifecycle_controller.go}. */
final class Taints {
    static final String NOT_READY = "node.kubernetes.io/not-ready";
    static final String UNREACHABLE = "node.kubernetes.io/unreachable";
    static final String UNSCHEDULABLE = "node.kubernetes.io/unschedulable";
    static final String NO_SCHEDULE = "NoSchedule";
    static final String NO_EXECUTE = "NoExecute";
    private static final Map<String, String> BY_CONDITION = pressures();

    private Taints() {}

    private static Map<String, String> pressures() {
        Map<String, String> taints = new LinkedHashMap<>();
        taints.put("MemoryPressure", "node.kubernetes.io/memory-pressure");
        taints.put("DiskPressure", "node.kubernetes.io/disk-pressure");
        taints.put("PIDPressure", "node.kubernetes.io/pid-pressure");
        taints.put("NetworkUnavailable", "node.kubernetes.io/network-unavailable");
        return taints;
    }

    private static boolean ours(String key) {
        return key.equals(NOT_READY) || key.equals(UNREACHABLE) || key.equals(UNSCHEDULABLE)
                || BY_CONDITION.containsValue(key);
    }

    /**
     * The node's taints as they should be: others' as they are, ours by its state. One that evicts says since when.
     *
     * @param holdEvictions taint against new pods only, because too much of the cluster looks lost to be true
     */
    static ArrayNode of(ApiObject node, boolean holdEvictions, Instant now) {
        Set<String> wanted = wanted(node, holdEvictions);
        ArrayNode taints = JsonNodeFactory.instance.arrayNode();
        for (JsonNode taint : node.spec().path("taints")) {
            boolean present = wanted.remove(id(taint));
            if (present || !ours(taint.path("key").asText())) {
                taints.add(dated(taint, now));
            }
        }
        for (String id : wanted) {
            int colon = id.indexOf(':');
            taints.add(dated(Json.object().put("key", id.substring(0, colon)).put("effect", id.substring(colon + 1)),
                    now));
        }
        return taints;
    }

    static boolean differ(ApiObject node, ArrayNode wanted) {
        JsonNode present = node.spec().path("taints");
        return !Trees.same(present, wanted) && !(present.isEmpty() && wanted.isEmpty());
    }

    private static JsonNode dated(JsonNode taint, Instant now) {
        if (!taint.path("effect").asText().equals(NO_EXECUTE) || taint.hasNonNull("timeAdded")) {
            return taint;
        }
        ObjectNode dated = taint.deepCopy();
        return dated.put("timeAdded", Timestamps.text(now));
    }

    private static String id(JsonNode taint) {
        return taint.path("key").asText() + ":" + taint.path("effect").asText();
    }

    private static Set<String> wanted(ApiObject node, boolean holdEvictions) {
        Set<String> wanted = new LinkedHashSet<>();
        String lost = switch (Conditions.value(node.status(), "Ready")) {
            case "True" -> "";
            case "Unknown" -> UNREACHABLE;
            default -> NOT_READY;
        };
        if (!lost.isEmpty()) {
            wanted.add(lost + ":" + NO_SCHEDULE);
            if (!holdEvictions) {
                wanted.add(lost + ":" + NO_EXECUTE);
            }
        }
        BY_CONDITION.forEach((condition, key) -> {
            if (Conditions.isTrue(node.status(), condition)) {
                wanted.add(key + ":" + NO_SCHEDULE);
            }
        });
        if (node.spec().path("unschedulable").asBoolean(false)) {
            wanted.add(UNSCHEDULABLE + ":" + NO_SCHEDULE);
        }
        return wanted;
    }
}
