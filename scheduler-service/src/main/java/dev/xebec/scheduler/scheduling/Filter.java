package dev.xebec.scheduler.scheduling;

import org.jspecify.annotations.Nullable;

/** A plugin that rules nodes out. Named and worded as in kube-scheduler. */
interface Filter {

    String name();

    /** Why the pod cannot go to the node; null when it can. */
    @Nullable
    String reject(PodInfo pod, NodeInfo node);
}
