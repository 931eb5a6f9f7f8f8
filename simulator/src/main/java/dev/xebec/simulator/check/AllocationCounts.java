package dev.xebec.simulator.check;

import dev.xebec.contracts.state.Change;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A node's allocation counts every pod that the node is given, in the revision that gives it, and nothing else: this is what
 * binds by several schedulers stand on (decision 3). A pod born bound to a node that is not there is counted by nobody. An
 * allocation that is made anew begins beyond every count that its name ever had, and not with a bind: nobody had seen it.
 */
final class AllocationCounts implements Invariant {
    private static final String NAME = "allocation-counts";
    /** By node: the highest count of any allocation that it had. */
    private final Map<String, Long> highest = new HashMap<>();

    @Override
    public void committed(long revision, List<Change> changes, Truth truth) {
        TreeMap<String, Integer> bound = new TreeMap<>();
        TreeMap<String, Integer> born = new TreeMap<>();
        TreeMap<String, Long> raised = new TreeMap<>();
        TreeSet<String> begun = new TreeSet<>();
        for (Transition step : truth.transitions()) {
            if (step.of(GroupVersionResource.PODS)) {
                String node = node(step.objectAfter());
                if (!node.isEmpty() && node(step.objectBefore()).isEmpty()) {
                    (step.before() == null ? born : bound).merge(node, 1, Integer::sum);
                }
            } else if (step.of(GroupVersionResource.NODE_ALLOCATIONS) && step.after() != null) {
                String node = step.objectKey().name();
                long now = binds(step.objectAfter());
                if (step.before() != null) {
                    raised.put(node, now - binds(step.objectBefore()));
                } else if (now > highest.getOrDefault(node, -1L)) {
                    begun.add(node);
                } else {
                    throw new Violation(NAME, revision, "a new allocation of " + node + " begins beyond "
                            + highest.get(node), "it begins at " + now);
                }
                highest.merge(node, now, Math::max);
            }
        }
        begun.forEach(node -> raised.put(node, (long) born.getOrDefault(node, 0)));
        TreeMap<String, Integer> given = new TreeMap<>(bound);
        born.forEach((node, pods) -> given.merge(node, pods, Integer::sum));
        given.forEach((node, pods) -> {
            long counted = raised.getOrDefault(node, 0L);
            boolean nobodys = counted == 0 && !bound.containsKey(node)
                    && truth.get(GroupVersionResource.NODES, "", node) == null;
            if (counted != pods && !nobodys) {
                throw wrong(revision, node, pods, counted);
            }
        });
        raised.forEach((node, counted) -> {
            if (counted != 0 && !given.containsKey(node)) {
                throw wrong(revision, node, 0, counted);
            }
        });
    }

    private static Violation wrong(long revision, String node, int pods, long counted) {
        return new Violation(NAME, revision, "the allocation of " + node + " counts the " + pods
                + " pods that are bound to it here", "it rises by " + counted);
    }

    private static String node(@Nullable ApiObject pod) {
        return pod == null ? "" : pod.spec().path("nodeName").asText("");
    }

    private static long binds(@Nullable ApiObject allocation) {
        return allocation == null ? 0 : allocation.spec().path("binds").asLong();
    }
}
