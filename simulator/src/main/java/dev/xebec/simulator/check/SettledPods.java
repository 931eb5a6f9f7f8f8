package dev.xebec.simulator.check;

import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.scheduler.scheduling.Decision;
import dev.xebec.scheduler.scheduling.PodInfo;
import dev.xebec.scheduler.scheduling.Scheduler;
import dev.xebec.scheduler.scheduling.Snapshot;
import java.util.List;

/**
 * Once all is settled no pod is on its way out, none is on a node that is gone, and none waits that the scheduler's own code,
 * asked anew, would place.
 */
final class SettledPods implements Invariant {
    private static final String NAME = "settled-pods";
    private static final String DEFAULT_SCHEDULER = "default-scheduler";

    @Override
    public void settled(Truth truth) {
        Snapshot snapshot = new Snapshot();
        for (ApiObject node : truth.objects(GroupVersionResource.NODES)) {
            snapshot.node(node.name(), node);
        }
        List<ApiObject> pods = truth.objects(GroupVersionResource.PODS);
        for (ApiObject pod : pods) {
            String node = pod.spec().path("nodeName").asText("");
            if (pod.deleting() && pod.finalizers().isEmpty()) {
                throw wrong(truth, pod, "gone, as its deletion began at " + pod.deletionTimestamp());
            }
            if (!node.isEmpty()) {
                if (truth.get(GroupVersionResource.NODES, new ObjectKey("", node)) == null) {
                    throw wrong(truth, pod, "gone, as its node " + node + " is");
                }
                snapshot.pod(PodInfo.of(pod));
            }
        }
        for (ApiObject pod : pods) {
            PodInfo info = PodInfo.of(pod);
            boolean waits = !info.bound() && !info.finished() && !info.deleting() && !info.gated()
                    && info.schedulerName().equals(DEFAULT_SCHEDULER);
            if (waits) {
                mustNotFit(truth, snapshot, pod, info);
            }
        }
    }

    private static void mustNotFit(Truth truth, Snapshot snapshot, ApiObject pod, PodInfo info) {
        for (Decision decision : new Scheduler(snapshot, 0).decide(List.of(info))) {
            switch (decision) {
                case Decision.Placed placed -> throw wrong(truth, pod, "bound, as it fits on " + placed.node());
                case Decision.Unschedulable unschedulable -> {
                    // It waits with reason.
                }
            }
        }
    }

    private static Violation wrong(Truth truth, ApiObject pod, String expected) {
        return new Violation(NAME, truth.revision(), "pod " + pod.key() + " is " + expected, "at revision "
                + pod.revision() + ": " + pod.spec().path("nodeName").asText("no node") + ", " + pod.status());
    }
}
