package dev.xebec.node.registration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The conditions of a node that works. Pure.
 *
 * @param memoryShort too little memory is left; @param diskShort likewise; @param pidsShort likewise
 */
public record NodeConditions(boolean memoryShort, boolean diskShort, boolean pidsShort) {
    static final NodeConditions FINE = new NodeConditions(false, false, false);

    /** Transition times change with the status only. */
    void into(ObjectNode status, Instant now) {
        ArrayNode before = status.path("conditions") instanceof ArrayNode list ? list : Json.object().arrayNode();
        ArrayNode after = before.deepCopy();
        put(after, "MemoryPressure", memoryShort, now, memoryShort
                ? "KubeletHasInsufficientMemory"
                : "KubeletHasSufficientMemory", "kubelet has " + enough(memoryShort) + " memory available");
        put(after, "DiskPressure", diskShort, now, diskShort ? "KubeletHasDiskPressure" : "KubeletHasNoDiskPressure",
                "kubelet has " + (diskShort ? "" : "no ") + "disk pressure");
        put(after, "PIDPressure", pidsShort, now, pidsShort ? "KubeletHasInsufficientPID" : "KubeletHasSufficientPID",
                "kubelet has " + enough(pidsShort) + " PID available");
        put(after, "Ready", true, now, "KubeletReady", "kubelet is posting ready status");
        status.set("conditions", after);
    }

    private static String enough(boolean tooLittle) {
        return tooLittle ? "insufficient" : "sufficient";
    }

    private static void put(ArrayNode list, String type, boolean holds, Instant now, String reason, String message) {
        ObjectNode condition = null;
        for (JsonNode each : list) {
            if (each instanceof ObjectNode node && node.path("type").asText("").equals(type)) {
                condition = node;
            }
        }
        if (condition == null) {
            condition = list.addObject().put("type", type);
        }
        String status = holds ? "True" : "False";
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        boolean changed = !condition.path("status").asText("").equals(status)
                || ApiObject.instant(condition.path("lastTransitionTime")).isEmpty();
        condition.put("status", status).put("lastHeartbeatTime", time);
        condition.put("lastTransitionTime", changed ? time : condition.path("lastTransitionTime").asText());
        condition.put("reason", reason).put("message", message);
    }
}
