package dev.xebec.scheduler.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.selector.LabelSelector;
import java.util.ArrayList;
import java.util.List;

/** An entry of {@code topologySpreadConstraints}. @param hard whether it is DoNotSchedule */
record SpreadConstraint(int maxSkew, String topologyKey, boolean hard, LabelSelector selector, int minDomains) {

    static List<SpreadConstraint> of(JsonNode constraints) {
        List<SpreadConstraint> list = new ArrayList<>();
        constraints.forEach(one -> list.add(new SpreadConstraint(one.path("maxSkew").asInt(1),
                one.path("topologyKey").asText(""),
                one.path("whenUnsatisfiable").asText("DoNotSchedule").equals("DoNotSchedule"),
                LabelSelector.of(one.path("labelSelector")), one.path("minDomains").asInt(1))));
        return list;
    }
}
