package dev.xebec.simulator.history;

import dev.xebec.simulator.history.Timeline.Known;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Pods and what is counted of them change in one transaction: at the revision at which pods are bound to a node, and at no
 * other, the node's allocation counts so many more.
 */
final class BindingCheck implements HistoryCheck {
    static final String PODS = "pods";
    static final String ALLOCATIONS = "nodeallocations.cluster.xebec.dev";

    @Override
    public String name() {
        return "bindings are one transaction";
    }

    @Override
    public long size(History history, Timeline timeline) {
        return bound(timeline).values().stream().mapToLong(byNode -> byNode.size()).sum();
    }

    @Override
    public List<String> violations(History history, Timeline timeline) {
        List<String> found = new ArrayList<>();
        NavigableMap<Long, Map<String, Integer>> bound = bound(timeline);
        bound.forEach((revision, byNode) -> byNode.forEach((node, count) -> {
            ObjectId id = new ObjectId(ALLOCATIONS, "", node);
            Known counted = timeline.of(id).get(revision);
            if (counted == null && timeline.isFollowed(id, revision - 1, revision)) {
                found.add(count + " pods were bound to " + node + " at revision " + revision
                        + ", at which its allocation did not change");
            }
        }));
        for (NavigableMap<Long, Known> states : timeline.in(Scope.all(ALLOCATIONS))) {
            compareCounts(states, bound, timeline, found);
        }
        return found;
    }

    private static void compareCounts(NavigableMap<Long, Known> states, NavigableMap<Long, Map<String, Integer>> bound,
            Timeline timeline, List<String> found) {
        Known before = null;
        for (Known known : states.values()) {
            // Where a watch covers this revision, the list that it began with shows what was before.
            if (before != null && isFollowed(timeline, known)) {
                long raised = binds(known) - binds(before);
                int given = bound.getOrDefault(known.revision(), Map.of()).getOrDefault(known.id().name(), 0);
                if (known.state() != null && before.state() != null && raised != given) {
                    found.add(given + " pods were bound to " + known.id().name() + " at revision " + known.revision()
                            + ", at which its allocation was raised by " + raised);
                }
            }
            before = known;
        }
    }

    private static boolean isFollowed(Timeline timeline, Known allocation) {
        long revision = allocation.revision();
        return timeline.isFollowed(allocation.id(), revision - 1, revision)
                && timeline.isFollowed(new ObjectId(PODS, "", ""), revision - 1, revision);
    }

    private static long binds(Known known) {
        return known.state() != null && known.state().facts() instanceof Facts.Allocation allocation
                ? allocation.binds()
                : 0;
    }

    /** How many pods were bound at each revision, by node. */
    private static NavigableMap<Long, Map<String, Integer>> bound(Timeline timeline) {
        NavigableMap<Long, Map<String, Integer>> bound = new TreeMap<>();
        for (NavigableMap<Long, Known> states : timeline.in(Scope.all(PODS))) {
            Known before = null;
            for (Known known : states.values()) {
                String node = node(known);
                if (before != null && isSame(before.state(), known.state()) && !node.isEmpty()
                        && node(before).isEmpty()) {
                    bound.computeIfAbsent(known.revision(), revision -> new TreeMap<>()).merge(node, 1, Integer::sum);
                }
                before = known;
            }
        }
        return bound;
    }

    private static boolean isSame(@Nullable ObjectState one, @Nullable ObjectState other) {
        return one != null && other != null && one.uid().equals(other.uid());
    }

    private static String node(Known known) {
        return known.state() != null && known.state().facts() instanceof Facts.Pod pod ? pod.node() : "";
    }
}
