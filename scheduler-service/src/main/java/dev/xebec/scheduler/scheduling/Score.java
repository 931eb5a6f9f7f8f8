package dev.xebec.scheduler.scheduling;

import java.util.List;

/** A plugin that prefers nodes. Named and weighted as in kube-scheduler's default profile. */
interface Score {

    String name();

    int weight();

    /** A raw score that depends on the pod and this node alone. */
    long raw(PodInfo pod, NodeInfo node);

    /** Brings raw scores of the feasible nodes to 0..100 in place; entries of others are ignored. */
    default void normalize(PodInfo pod, List<NodeInfo> nodes, boolean[] feasible, long[] scores) {}

    /** Scales to 0..100 by the highest, or turned round. */
    static void scale(boolean[] feasible, long[] scores, boolean reverse) {
        long max = 0;
        for (int index = 0; index < scores.length; index++) {
            max = feasible[index] ? Math.max(max, scores[index]) : max;
        }
        for (int index = 0; index < scores.length; index++) {
            long scaled = max == 0 ? 0 : scores[index] * 100 / max;
            scores[index] = reverse ? 100 - scaled : scaled;
        }
    }
}
