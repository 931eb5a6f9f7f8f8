package dev.xebec.simulator.check;

import dev.xebec.controller.object.IntOrPercent;
import dev.xebec.model.object.ApiObject;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a Deployment and its ReplicaSets asked for from one revision on.
 *
 * @param least pods that a rolling update leaves at least
 * @param most pods that it makes at most
 * @param rolling whether it goes by these bounds
 * @param sizes the sets' replicas, by their uids
 */
record RolloutMoment(long since, int least, int most, boolean rolling, TreeMap<String, Integer> sizes) {

    static RolloutMoment of(long since, ApiObject deployment, Map<String, Integer> sizes) {
        int desired = deployment.spec().path("replicas").asInt(1);
        JsonNode bounds = deployment.spec().path("strategy").path("rollingUpdate");
        int surge = bound(bounds.path("maxSurge"), desired, true);
        int unavailable = bound(bounds.path("maxUnavailable"), desired, false);
        if (surge == 0 && unavailable == 0) {
            unavailable = 1;
        }
        boolean rolling = !deployment.spec().path("strategy").path("type").asText("").equals("Recreate");
        return new RolloutMoment(since, Math.max(0, desired - unavailable), desired + surge, rolling,
                new TreeMap<>(sizes));
    }

    private static int bound(JsonNode bound, int desired, boolean up) {
        return IntOrPercent.of(bound.isMissingNode() || bound.isNull() ? "25%" : bound.asText(), desired, up);
    }

    /** What all sets asked for in this moment, had one of them this size. */
    int sumWith(String uid, int size) {
        int others = sizes.entrySet().stream().filter(set -> !set.getKey().equals(uid))
                .mapToInt(Map.Entry::getValue).sum();
        return others + size;
    }

    boolean alike(RolloutMoment other) {
        return least == other.least && most == other.most && rolling == other.rolling && sizes.equals(other.sizes);
    }
}
