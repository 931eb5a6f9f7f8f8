package dev.xebec.scheduler.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Source: core/v1 Toleration: an empty key with Exists matches all, an empty effect matches every effect. */
record Toleration(String key, String operator, String value, String effect) {

    static List<Toleration> of(JsonNode tolerations) {
        List<Toleration> list = new ArrayList<>();
        tolerations.forEach(one -> list.add(new Toleration(one.path("key").asText(""),
                one.path("operator").asText("Equal"), one.path("value").asText(""), one.path("effect").asText(""))));
        return list;
    }

    boolean tolerates(Taint taint) {
        if (!effect.isEmpty() && !effect.equals(taint.effect())) {
            return false;
        }
        if (!key.isEmpty() && !key.equals(taint.key())) {
            return false;
        }
        return switch (operator) {
            case "Exists" -> true;
            case "", "Equal" -> !key.isEmpty() && value.equals(taint.value());
            default -> false;
        };
    }
}
