package dev.xebec.model.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A volume begins as Pending and knows since when it is in its phase.
 *
 * <p>Source: {@code pkg/registry/core/persistentvolume/strategy.go} of Kubernetes.
 */
record VolumeStrategy() implements Strategy {
    private static final String SINCE = "lastPhaseTransitionTime";

    @Override
    public void prepareCreate(ObjectNode volume) {
        volume.remove("status");
        volume.putObject("status").put("phase", "Pending").set(SINCE,
                volume.path("metadata").path("creationTimestamp"));
    }

    @Override
    public void prepareUpdate(ObjectNode now, ObjectNode before) {
        StatusIsolation.copy(before, now, "status");
    }

    @Override
    public void prepareStatusUpdate(ObjectNode now, ObjectNode before, StatusMetadata metadata, String time) {
        StatusIsolation.keepAllButStatus(now, before, metadata.kept());
        if (!(now.get("status") instanceof ObjectNode status)) {
            return;
        }
        JsonNode old = before.path("status");
        boolean samePhase = status.path("phase").asText("").equals(old.path("phase").asText(""));
        if (samePhase && !status.hasNonNull(SINCE)) {
            StatusIsolation.copy(old, status, SINCE);
        } else if (!samePhase && (!status.hasNonNull(SINCE) || status.path(SINCE).equals(old.path(SINCE)))) {
            status.put(SINCE, time);
        }
    }
}
