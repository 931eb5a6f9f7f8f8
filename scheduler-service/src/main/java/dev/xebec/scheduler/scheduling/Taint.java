package dev.xebec.scheduler.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** @param effect NoSchedule, PreferNoSchedule or NoExecute */
record Taint(String key, String value, String effect) {

    static List<Taint> of(JsonNode taints) {
        List<Taint> list = new ArrayList<>();
        taints.forEach(taint -> list.add(new Taint(taint.path("key").asText(""), taint.path("value").asText(""),
                taint.path("effect").asText(""))));
        return list;
    }
}
