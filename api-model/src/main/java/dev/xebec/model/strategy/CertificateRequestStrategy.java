package dev.xebec.model.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests for certificates: what was asked stays as it is, and each condition says when it came to be. Source: k/k {@code
 * pkg/registry/certificates/certificates/strategy.go}.
 */
record CertificateRequestStrategy() implements Strategy {

    @Override
    public void prepareCreate(ObjectNode request) {
        request.remove("status");
    }

    @Override
    public void prepareUpdate(ObjectNode now, ObjectNode before) {
        StatusIsolation.copy(before, now, "status");
        StatusIsolation.copy(before, now, "spec");
    }

    @Override
    public void prepareStatusUpdate(ObjectNode now, ObjectNode before, StatusMetadata metadata, String time) {
        StatusIsolation.keepAllButStatus(now, before, metadata.kept());
        for (String decision : List.of("Approved", "Denied")) {
            preserve(conditions(now), conditions(before), decision);
        }
        stamp(now, before, time);
    }

    @Override
    public void prepareSubresourceUpdate(ObjectNode now, ObjectNode before, String time) {
        stamp(now, before, time);
    }

    private static ArrayNode conditions(ObjectNode request) {
        return request.path("status").get("conditions") instanceof ArrayNode there
                ? there
                : Json.object().putArray("-");
    }

    /** As they were, unless some came or went, which is refused later. */
    private static void preserve(ArrayNode now, ArrayNode before, String type) {
        List<Integer> places = places(now, type);
        List<Integer> old = places(before, type);
        if (places.size() == old.size()) {
            for (int at = 0; at < places.size(); at++) {
                now.set(places.get(at), before.get(old.get(at)).deepCopy());
            }
        }
    }

    private static List<Integer> places(ArrayNode conditions, String type) {
        List<Integer> places = new ArrayList<>();
        for (int at = 0; at < conditions.size(); at++) {
            if (conditions.get(at).path("type").asText().equals(type)) {
                places.add(at);
            }
        }
        return places;
    }

    private static void stamp(ObjectNode now, ObjectNode before, String time) {
        for (JsonNode each : conditions(now)) {
            if (each instanceof ObjectNode condition) {
                if (!condition.path("lastUpdateTime").isTextual()) {
                    condition.put("lastUpdateTime", time);
                }
                if (!condition.path("lastTransitionTime").isTextual()) {
                    condition.put("lastTransitionTime", since(condition, conditions(before), time));
                }
            }
        }
    }

    private static String since(ObjectNode condition, ArrayNode before, String time) {
        for (JsonNode old : before) {
            boolean same = old.path("type").equals(condition.path("type"))
                    && old.path("status").equals(condition.path("status"));
            if (same && old.path("lastTransitionTime").isTextual()) {
                return old.path("lastTransitionTime").asText();
            }
        }
        return time;
    }
}
