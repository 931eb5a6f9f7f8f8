package dev.xebec.simulator.check;

import dev.xebec.model.object.ApiObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What each node was to a scheduler and when: heartbeats, which change nothing of it, leave no trace. */
final class NodeStates {
    private final TreeMap<String, ArrayDeque<State>> byName = new TreeMap<>();

    /** @param node null while it was not there */
    private record State(long since, @Nullable ApiObject node) {}

    void take(Transition step, long oldest) {
        ApiObject after = step.objectAfter();
        ArrayDeque<State> states = byName.computeIfAbsent(step.objectKey().name(), fresh -> new ArrayDeque<>());
        State last = states.peekLast();
        if (last == null || !alike(last.node(), after)) {
            states.addLast(new State(step.revision(), after));
        }
        dropOlder(states, oldest);
        if (states.size() == 1 && states.getFirst().node() == null && states.getFirst().since() < oldest) {
            byName.remove(step.objectKey().name());
        }
    }

    private static void dropOlder(ArrayDeque<State> states, long oldest) {
        while (states.size() > 1) {
            State first = states.removeFirst();
            if (states.getFirst().since() > oldest) {
                states.addFirst(first);
                return;
            }
        }
    }

    private static boolean alike(@Nullable ApiObject one, @Nullable ApiObject other) {
        if (one == null || other == null) {
            return one == other;
        }
        return one.uid().equals(other.uid()) && one.deleting() == other.deleting()
                && one.labels().equals(other.labels())
                && one.spec().equals(other.spec())
                && one.status().path("allocatable").equals(other.status().path("allocatable"));
    }

    /** What the node was at some moment from one revision to another, both included; moments without it left out. */
    List<ApiObject> between(String name, long from, long to) {
        List<ApiObject> found = new ArrayList<>();
        ArrayDeque<State> known = byName.get(name);
        State[] states = known == null ? new State[0] : known.toArray(new State[0]);
        for (int at = 0; at < states.length; at++) {
            long until = at + 1 < states.length ? states[at + 1].since() - 1 : Long.MAX_VALUE;
            ApiObject node = states[at].node();
            if (node != null && states[at].since() <= to && until >= from) {
                found.add(node);
            }
        }
        return found;
    }

    @Override
    public String toString() {
        return Arrays.toString(byName.keySet().toArray());
    }
}
