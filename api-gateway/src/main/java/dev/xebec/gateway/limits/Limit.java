package dev.xebec.gateway.limits;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.quantity.Quantity;
import dev.xebec.model.quota.Amounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One item of a LimitRange: bounds and defaults for one type of thing, by resource. */
record Limit(String type, Map<String, Quantity> min, Map<String, Quantity> max, Map<String, Quantity> defaults,
        Map<String, Quantity> defaultRequests, Map<String, Quantity> ratios) {
    static final String CONTAINER = "Container";
    static final String POD = "Pod";
    static final String CLAIM = "PersistentVolumeClaim";

    static List<Limit> of(JsonNode limitRange) {
        List<Limit> limits = new ArrayList<>();
        for (JsonNode limit : limitRange.path("spec").path("limits")) {
            limits.add(new Limit(limit.path("type").asText(""), Amounts.of(limit.path("min")),
                    Amounts.of(limit.path("max")), Amounts.of(limit.path("default")),
                    Amounts.of(limit.path("defaultRequest")), Amounts.of(limit.path("maxLimitRequestRatio"))));
        }
        return limits;
    }
}
