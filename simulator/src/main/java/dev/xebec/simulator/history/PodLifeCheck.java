package dev.xebec.simulator.history;

import dev.xebec.simulator.history.Timeline.Known;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A pod is bound once and stays where it was bound; a slot of an owner, which is a name, is given again only after the pod
 * in it is gone; and no owner has more live pods in the end than it asks for.
 */
final class PodLifeCheck implements HistoryCheck {

    @Override
    public String name() {
        return "one life for each pod";
    }

    @Override
    public long size(History history, Timeline timeline) {
        int pods = 0;
        for (NavigableMap<Long, Known> states : timeline.in(Scope.all(BindingCheck.PODS))) {
            pods += states.isEmpty() ? 0 : 1;
        }
        return pods;
    }

    @Override
    public List<String> violations(History history, Timeline timeline) {
        List<String> found = new ArrayList<>();
        for (NavigableMap<Long, Known> states : timeline.in(Scope.all(BindingCheck.PODS))) {
            Known before = null;
            for (Known known : states.values()) {
                compare(before, known, found);
                before = known;
            }
        }
        return found;
    }

    private static void compare(@Nullable Known before, Known known, List<String> found) {
        if (before == null || before.state() == null || known.state() == null
                || !(before.state().facts() instanceof Facts.Pod was)
                || !(known.state().facts() instanceof Facts.Pod is)) {
            return;
        }
        if (!before.state().uid().equals(known.state().uid())) {
            found.add(known + " took the place of " + before + ", of which nobody saw the end");
        } else if (!was.node().isEmpty() && !was.node().equals(is.node())) {
            found.add(known + " was on node " + was.node() + " and is now on "
                    + (is.node().isEmpty() ? "none" : is.node()) + "; before: " + before);
        }
    }

    /** Where all has settled: ReplicaSets that have more live pods than they ask for. */
    static List<String> surplus(List<ObjectState> state) {
        Map<String, List<ObjectState>> byOwner = new HashMap<>(state.stream()
                .filter(object -> object.facts() instanceof Facts.Pod pod && pod.live() && !pod.owner().isEmpty())
                .collect(Collectors.groupingBy(object -> ((Facts.Pod) object.facts()).owner())));
        List<String> found = new ArrayList<>();
        for (ObjectState object : state) {
            List<ObjectState> pods = byOwner.getOrDefault(object.uid(), List.of());
            if (object.facts() instanceof Facts.ReplicaSet set && pods.size() > set.replicas()) {
                found.add(object + " asks for " + set.replicas() + " pods and has " + pods.size() + ": " + pods);
            }
        }
        return found;
    }
}
