package dev.xebec.model.strategy;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** New pods are Pending and have the service class that their resources give them. */
record PodStrategy() implements Strategy {

    @Override
    public void prepareCreate(ObjectNode pod) {
        pod.remove("status");
        ObjectNode status = pod.putObject("status").put("phase", "Pending").put("qosClass", QosClass.of(pod));
        if (!pod.path("spec").path("schedulingGates").isEmpty()) {
            status.putArray("conditions").addObject().put("type", "PodScheduled").put("status", "False")
                    .put("reason", "SchedulingGated")
                    .put("message", "Scheduling is blocked due to non-empty scheduling gates");
        }
    }

    @Override
    public void prepareUpdate(ObjectNode now, ObjectNode before) {
        StatusIsolation.copy(before, now, "status");
    }

    @Override
    public void prepareStatusUpdate(ObjectNode now, ObjectNode before, StatusMetadata metadata, String time) {
        StatusIsolation.keepAllButStatus(now, before, metadata.kept());
        if (now.get("status") instanceof ObjectNode status && status.path("qosClass").asText("").isEmpty()) {
            status.put("qosClass", QosClass.of(now));
        }
    }
}
