package dev.xebec.model.strategy;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * APIServices: one without a Service is served here and so available from its first moment. Source: kube-aggregator {@code
 * pkg/registry/apiservice/strategy.go}.
 */
record ApiServiceStrategy() implements Strategy {

    @Override
    public void prepareCreate(ObjectNode object) {
        object.remove("status");
        if (!object.path("spec").path("service").isObject()) {
            object.putObject("status").putArray("conditions").addObject().put("type", "Available").put("status", "True")
                    .put("lastTransitionTime", object.path("metadata").path("creationTimestamp").asText())
                    .put("reason", "Local").put("message", "Local APIServices are always available");
        }
    }

    @Override
    public void prepareUpdate(ObjectNode now, ObjectNode before) {
        StatusIsolation.copy(before, now, "status");
    }
}
