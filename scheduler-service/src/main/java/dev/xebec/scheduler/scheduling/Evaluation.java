package dev.xebec.scheduler.scheduling;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Filter and raw score results of one pod template for every node, each kept until its node changes: pods of one template
 * cost one evaluation of all nodes, and then one node each.
 */
final class Evaluation {
    private final long orderGeneration;
    private final long[] generations;
    private final @Nullable String[] reasons;
    private final long[][] raw;

    Evaluation(Snapshot snapshot) {
        int nodes = snapshot.order().size();
        this.orderGeneration = snapshot.orderGeneration();
        this.generations = new long[nodes];
        this.reasons = new String[nodes];
        this.raw = new long[NodeScores.ALL.size()][nodes];
    }

    boolean fits(Snapshot snapshot) {
        return orderGeneration == snapshot.orderGeneration();
    }

    /** Looks again at the nodes that have changed. */
    void refresh(PodInfo pod, List<NodeInfo> nodes) {
        for (int index = 0; index < generations.length; index++) {
            NodeInfo node = nodes.get(index);
            if (generations[index] != node.generation()) {
                evaluate(pod, node, index);
                generations[index] = node.generation();
            }
        }
    }

    @Nullable
    String[] reasons() {
        return reasons;
    }

    long[] raw(int score) {
        return raw[score];
    }

    private void evaluate(PodInfo pod, NodeInfo node, int index) {
        reasons[index] = null;
        for (Filter filter : NodeFilters.ALL) {
            String reason = filter.reject(pod, node);
            if (reason != null) {
                reasons[index] = reason;
                return;
            }
        }
        for (int score = 0; score < raw.length; score++) {
            raw[score][index] = NodeScores.ALL.get(score).raw(pod, node);
        }
    }
}
