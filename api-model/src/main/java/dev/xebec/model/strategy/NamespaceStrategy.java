package dev.xebec.model.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A namespace holds the server's own finalizer until it is empty; only {@code /finalize} takes it off. */
record NamespaceStrategy() implements Strategy {
    private static final String FINALIZER = "kubernetes";

    @Override
    public void prepareCreate(ObjectNode namespace) {
        namespace.remove("status");
        namespace.putObject("status").put("phase", "Active");
        ObjectNode spec = namespace.get("spec") instanceof ObjectNode given ? given : namespace.putObject("spec");
        ArrayNode finalizers = spec.get("finalizers") instanceof ArrayNode given ? given : spec.putArray("finalizers");
        for (JsonNode finalizer : finalizers) {
            if (finalizer.asText().equals(FINALIZER)) {
                return;
            }
        }
        finalizers.add(FINALIZER);
    }

    @Override
    public void prepareUpdate(ObjectNode now, ObjectNode before) {
        StatusIsolation.copy(before, now, "spec");
        StatusIsolation.copy(before, now, "status");
    }
}
