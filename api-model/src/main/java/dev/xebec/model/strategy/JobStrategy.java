package dev.xebec.model.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A Job selects its pods by its own uid, unless it manages its selector itself.
 *
 * <p>Source: {@code pkg/registry/batch/job/strategy.go} of Kubernetes, generateSelector.
 */
record JobStrategy() implements Strategy {
    private static final String UID_LABEL = "batch.kubernetes.io/controller-uid";
    private static final String NAME_LABEL = "batch.kubernetes.io/job-name";

    @Override
    public void prepareCreate(ObjectNode job) {
        job.remove("status");
        String uid = job.path("metadata").path("uid").asText("");
        if (uid.isEmpty() || job.path("spec").path("manualSelector").asBoolean()
                || !(job.path("spec") instanceof ObjectNode spec)
                || !(spec.path("template") instanceof ObjectNode template)) {
            return;
        }
        String name = job.path("metadata").path("name").asText("");
        ObjectNode labels = object(object(template, "metadata"), "labels");
        for (String label : List.of(UID_LABEL, "controller-uid")) {
            labels.put(label, uid);
        }
        for (String label : List.of(NAME_LABEL, "job-name")) {
            labels.put(label, name);
        }
        object(object(spec, "selector"), "matchLabels").put(UID_LABEL, uid);
    }

    private static ObjectNode object(ObjectNode parent, String field) {
        return parent.get(field) instanceof ObjectNode given ? given : parent.putObject(field);
    }

    /** Clients that replace a whole Job seldom repeat what the server generated. */
    @Override
    public void prepareUpdate(ObjectNode now, ObjectNode before) {
        StatusIsolation.copy(before, now, "status");
        JsonNode spec = now.path("spec");
        if (spec instanceof ObjectNode given && spec.path("selector").isEmpty()) {
            StatusIsolation.copy(before.path("spec"), given, "selector");
        }
    }
}
