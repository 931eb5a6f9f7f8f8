package dev.xebec.simulator.history;

import dev.xebec.simulator.history.Timeline.Known;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** No pod is bound to a node that has no room for it: processor, memory and number of pods, at each revision. */
final class CapacityCheck implements HistoryCheck {

    @Override
    public String name() {
        return "nothing over-committed";
    }

    @Override
    public long size(History history, Timeline timeline) {
        return timeline.byRevision().values().stream().flatMap(List::stream)
                .filter(known -> known.id().resource().equals(BindingCheck.PODS)).count();
    }

    @Override
    public List<String> violations(History history, Timeline timeline) {
        List<String> found = new ArrayList<>();
        Map<ObjectId, Facts.Pod> pods = new HashMap<>();
        Map<String, Facts.Node> nodes = new HashMap<>();
        Map<String, Taken> taken = new HashMap<>();
        timeline.byRevision().forEach((revision, changes) -> {
            Set<String> given = new HashSet<>();
            for (Known known : changes) {
                Facts facts = known.state() == null ? Facts.NONE : known.state().facts();
                if (known.id().resource().equals("nodes")) {
                    if (facts instanceof Facts.Node node) {
                        nodes.put(known.id().name(), node);
                    } else {
                        nodes.remove(known.id().name());
                    }
                } else if (known.id().resource().equals(BindingCheck.PODS)) {
                    Facts.Pod before = pods.remove(known.id());
                    if (before != null && before.takesRoom()) {
                        taken.merge(before.node(), Taken.of(before).negated(), Taken::plus);
                    }
                    if (facts instanceof Facts.Pod pod && pod.takesRoom()) {
                        pods.put(known.id(), pod);
                        taken.merge(pod.node(), Taken.of(pod), Taken::plus);
                        if (before == null || !before.takesRoom()) {
                            given.add(pod.node());
                        }
                    }
                }
            }
            for (String name : given) {
                Facts.Node node = nodes.get(name);
                Taken all = taken.getOrDefault(name, Taken.NOTHING);
                if (node != null && all.exceeds(node)) {
                    found.add("node " + name + " was over-committed at revision " + revision + " by " + changes + ": "
                            + all + " of " + node);
                }
            }
        });
        return found;
    }

    private record Taken(long cpuMillis, long memoryBytes, long pods) {
        static final Taken NOTHING = new Taken(0, 0, 0);

        static Taken of(Facts.Pod pod) {
            return new Taken(pod.cpuMillis(), pod.memoryBytes(), 1);
        }

        Taken negated() {
            return new Taken(-cpuMillis, -memoryBytes, -pods);
        }

        Taken plus(Taken other) {
            return new Taken(cpuMillis + other.cpuMillis, memoryBytes + other.memoryBytes, pods + other.pods);
        }

        boolean exceeds(Facts.Node node) {
            return cpuMillis > node.cpuMillis() || memoryBytes > node.memoryBytes() || pods > node.pods();
        }
    }
}
