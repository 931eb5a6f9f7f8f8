package dev.xebec.controller.service;

import dev.xebec.controller.node.NodeTimings;
import dev.xebec.controller.podgc.PodGcReconciler;
import java.time.Duration;

/**
 * How the controllers work.
 *
 * @param clusterCaPem the cluster's CA certificates, put into {@code kube-root-ca.crt} of every namespace
 * @param nodes how long nodes may be silent
 * @param lostNodeQuarantine how long the pods of a deleted node are kept
 * @param keptFinishedPods finished pods above this number are removed, oldest first
 * @param memberLook how often the cluster's own members are looked at
 */
public record ControllerConfig(String clusterCaPem, NodeTimings nodes, Duration lostNodeQuarantine,
        int keptFinishedPods, Duration memberLook) {

    /** Kubernetes' own timings. */
    public static ControllerConfig standard(String clusterCaPem) {
        return new ControllerConfig(clusterCaPem, NodeTimings.STANDARD, PodGcReconciler.QUARANTINE,
                PodGcReconciler.KEPT_FINISHED, Duration.ofSeconds(2));
    }

    public ControllerConfig nodes(NodeTimings timings) {
        return new ControllerConfig(clusterCaPem, timings, lostNodeQuarantine, keptFinishedPods, memberLook);
    }
}
