package dev.xebec.controller.rig;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Conditions;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import java.util.List;

/** The part of scheduler and node agents that tests of controllers need: binds, starts and ends pods. */
public final class Nodes {
    private static final GroupVersionResource PODS = GroupVersionResource.PODS;

    private final MemoryApi api;
    private int addresses;

    public Nodes(MemoryApi api) {
        this.api = api;
    }

    public List<ApiObject> pods() {
        return List.copyOf(api.latest().list(PODS));
    }

    /** Binds, runs and readies every pending pod, and lets go of every deleted one. */
    public void runAll() {
        pods().forEach(this::run);
    }

    /** The next step of a pod's life; none where it runs. */
    public void run(ApiObject pod) {
        if (pod.deleting()) {
            api.perform(new Action.Delete(PODS, pod.key(), pod.uid(), 0, 0, ""));
        } else if (pod.status().path("phase").asText().equals("Pending")) {
            bind(pod);
            start(api.get(PODS, pod.namespace(), pod.name()));
        }
    }

    public void bind(ApiObject pod) {
        ObjectNode tree = pod.copy();
        ((ObjectNode) tree.get("spec")).put("nodeName", "node-0");
        api.perform(new Action.Update(PODS, ApiObject.of(tree)));
    }

    public void start(ApiObject pod) {
        ObjectNode status = pod.status().deepCopy();
        status.put("phase", "Running").put("podIP", "10.0.0." + ++addresses);
        status.putArray("podIPs").addObject().put("ip", status.path("podIP").asText());
        Conditions.set(status, "Ready", "True", "", "", api.now());
        status(pod, status);
    }

    public void fail(ApiObject pod) {
        ObjectNode status = pod.status().deepCopy();
        status.put("phase", "Failed");
        Conditions.set(status, "Ready", "False", "", "", api.now());
        status(pod, status);
    }

    public void unready(ApiObject pod) {
        ObjectNode status = pod.status().deepCopy();
        Conditions.set(status, "Ready", "False", "", "", api.now());
        status(pod, status);
    }

    private void status(ApiObject pod, ObjectNode status) {
        ObjectNode tree = pod.copy();
        tree.set("status", status);
        api.perform(new Action.UpdateStatus(PODS, ApiObject.of(tree)));
    }
}
