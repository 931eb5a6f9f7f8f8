package dev.xebec.scheduler.scheduling;

/** What was decided for one pod. */
public sealed interface Decision {
    PodInfo pod();

    /** @param nodeVersion the node's allocation version that the bind has to find */
    record Placed(PodInfo pod, String node, long nodeVersion) implements Decision {}

    /** @param message why no node will do, in kube-scheduler's words */
    record Unschedulable(PodInfo pod, String message) implements Decision {}
}
