package dev.xebec.scheduler.scheduling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides where pods go. Each placement is assumed in the snapshot before the next pod is looked at. Filters and scores
 * are kube-scheduler's default profile without volumes, images and preemption. One thread owns it.
 */
public final class Scheduler {
    /** Templates whose results are kept; the one unused for longest goes first. */
    private static final int MAX_TEMPLATES = 128;
    private static final int AFFINITY_WEIGHT = 2;

    private final Snapshot snapshot;
    private final Map<List<Object>, Evaluation> evaluations = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Object>, Evaluation> eldest) {
            return size() > MAX_TEMPLATES;
        }
    };
    private int start;

    /** @param start where to begin among equals: another number in each replica, so that they seldom choose alike */
    public Scheduler(Snapshot snapshot, int start) {
        this.snapshot = snapshot;
        this.start = Math.floorMod(start, Integer.MAX_VALUE);
    }

    /** Decides for each pod in turn. */
    public List<Decision> decide(List<PodInfo> batch) {
        List<Decision> decisions = new ArrayList<>(batch.size());
        for (PodInfo pod : batch) {
            decisions.add(decide(pod));
        }
        return decisions;
    }

    private Decision decide(PodInfo pod) {
        List<NodeInfo> nodes = snapshot.order();
        if (nodes.isEmpty()) {
            return new Decision.Unschedulable(pod, "no nodes available to schedule pods");
        }
        Evaluation evaluation = evaluations.get(pod.template());
        if (evaluation == null || !evaluation.fits(snapshot)) {
            evaluation = new Evaluation(snapshot);
            evaluations.put(pod.template(), evaluation);
        }
        evaluation.refresh(pod, snapshot);
        @Nullable
        String[] reasons = evaluation.reasons();
        Surroundings around = null;
        if (pod.looksAround() || snapshot.hasAntiAffinity()) {
            around = new Surroundings(pod, snapshot);
            reasons = reasons.clone();
            for (int index = 0; index < reasons.length; index++) {
                reasons[index] = reasons[index] != null ? reasons[index] : around.reject(nodes.get(index));
            }
        }
        int best = best(pod, nodes, reasons, evaluation, around);
        if (best < 0) {
            return new Decision.Unschedulable(pod, message(reasons));
        }
        NodeInfo node = nodes.get(best);
        long version = node.nextVersion();
        snapshot.assume(pod, node.name());
        return new Decision.Placed(pod, node.name(), version);
    }

    /** The feasible node with the highest total; among equals the first from where the last choice ended. */
    private int best(PodInfo pod, List<NodeInfo> nodes, @Nullable String[] reasons, Evaluation evaluation,
            @Nullable Surroundings around) {
        boolean[] feasible = new boolean[reasons.length];
        int candidates = 0;
        for (int index = 0; index < reasons.length; index++) {
            feasible[index] = reasons[index] == null;
            candidates += feasible[index] ? 1 : 0;
        }
        if (candidates == 0) {
            return -1;
        }
        // One candidate needs no scores.
        long[] totals = candidates == 1
                ? new long[feasible.length]
                : totals(pod, nodes, feasible, evaluation, around);
        int best = -1;
        int index = start % totals.length;
        for (int step = 0; step < totals.length; step++) {
            if (feasible[index] && (best < 0 || totals[index] > totals[best])) {
                best = index;
            }
            index = index + 1 == totals.length ? 0 : index + 1;
        }
        start = (best + 1) % totals.length;
        return best;
    }

    private long[] totals(PodInfo pod, List<NodeInfo> nodes, boolean[] feasible, Evaluation evaluation,
            @Nullable Surroundings around) {
        long[] totals = new long[feasible.length];
        for (int score = 0; score < NodeScores.ALL.size(); score++) {
            if (evaluation.indifferent(score)) {
                continue;
            }
            long[] scores = evaluation.raw(score).clone();
            Score plugin = NodeScores.ALL.get(score);
            plugin.normalize(pod, nodes, feasible, scores);
            add(totals, scores, plugin.weight());
        }
        if (around != null) {
            long[] preferred = new long[feasible.length];
            long[] crowding = new long[feasible.length];
            long least = 0;
            for (int index = 0; index < feasible.length; index++) {
                preferred[index] = feasible[index] ? around.preference(nodes.get(index)) : 0;
                crowding[index] = feasible[index] ? around.crowding(nodes.get(index)) : 0;
                least = Math.min(least, preferred[index]);
            }
            for (int index = 0; index < feasible.length; index++) {
                preferred[index] -= least;
            }
            Score.scale(feasible, preferred, false);
            Score.scale(feasible, crowding, true);
            add(totals, preferred, AFFINITY_WEIGHT);
            add(totals, crowding, AFFINITY_WEIGHT);
        }
        return totals;
    }

    private static void add(long[] totals, long[] scores, int weight) {
        for (int index = 0; index < totals.length; index++) {
            totals[index] += scores[index] * weight;
        }
    }

    /** {@code 0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu.} */
    private static String message(@Nullable String[] reasons) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String reason : reasons) {
            if (reason != null) {
                counts.merge(reason, 1, Integer::sum);
            }
        }
        return "0/" + reasons.length + " nodes are available: " + counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey()).sorted().collect(Collectors.joining(", ")) + ".";
    }
}
