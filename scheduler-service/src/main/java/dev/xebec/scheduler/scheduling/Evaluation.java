package dev.xebec.scheduler.scheduling;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Filter and raw score results of one pod template for every node, each kept until its node changes: pods of one template
 * cost one evaluation of all nodes, and then one of the nodes that changed since.
 */
final class Evaluation {
    private final long orderGeneration;
    private final long[] generations;
    private final @Nullable String[] reasons;
    private final long[][] raw;
    /** Per score, how many nodes have another raw value than 0. */
    private final int[] others;
    /** Up to where the snapshot's journal has been taken in; before the first look, before its beginning. */
    private long seen = -1;

    Evaluation(Snapshot snapshot) {
        int nodes = snapshot.order().size();
        this.orderGeneration = snapshot.orderGeneration();
        this.generations = new long[nodes];
        this.reasons = new String[nodes];
        this.raw = new long[NodeScores.ALL.size()][nodes];
        this.others = new int[NodeScores.ALL.size()];
    }

    boolean fits(Snapshot snapshot) {
        return orderGeneration == snapshot.orderGeneration();
    }

    /** Looks again at the nodes that have changed. */
    void refresh(PodInfo pod, Snapshot snapshot) {
        List<NodeInfo> changed = snapshot.journal().since(seen);
        for (NodeInfo node : changed == null ? snapshot.order() : changed) {
            // A node that left has another order come after it, and this evaluation is then of no use.
            if (node.known() && generations[node.index()] != node.generation()) {
                evaluate(pod, node, node.index());
                generations[node.index()] = node.generation();
            }
        }
        seen = snapshot.journal().end();
    }

    @Nullable
    String[] reasons() {
        return reasons;
    }

    /** Whether the score is 0 everywhere, and so prefers nobody. */
    boolean indifferent(int score) {
        return others[score] == 0;
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
            long before = raw[score][index];
            long now = NodeScores.ALL.get(score).raw(pod, node);
            raw[score][index] = now;
            others[score] += (now == 0 ? 0 : 1) - (before == 0 ? 0 : 1);
        }
    }
}
