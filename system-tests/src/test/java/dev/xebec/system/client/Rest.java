package dev.xebec.system.client;

import dev.xebec.simulator.history.Entry;
import dev.xebec.simulator.history.Facts;
import dev.xebec.simulator.history.ObjectState;
import dev.xebec.simulator.history.Scope;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a namespace has come to rest: every Deployment rolled out, as many live
 * pods as are asked for, each on a node, and none on its way out.
 */
final class Rest {
    private final Recorder recorder;
    private final ApiDoor door;
    private final String namespace;

    Rest(Recorder recorder, ApiDoor door, String namespace) {
        this.recorder = recorder;
        this.door = door;
        this.namespace = namespace;
    }

    /** What has not come to rest; empty when everything has. */
    String unsettled() {
        Entry.Listing sets = list("replicasets.apps");
        Entry.Listing pods = list("pods");
        Entry.Listing deployments = list("deployments.apps");
        if (sets == null || pods == null || deployments == null) {
            door.moveOn();
            return "no list";
        }
        Map<String, Long> live = new HashMap<>();
        for (ObjectState state : pods.items()) {
            Facts.Pod pod = (Facts.Pod) state.facts();
            if (pod.deleting() || pod.node().isEmpty()) {
                return state + (pod.deleting() ? " is on its way out" : " is on no node");
            }
            live.merge(pod.owner(), pod.live() ? 1L : 0L, Long::sum);
        }
        long inUse = 0;
        for (ObjectState state : sets.items()) {
            Facts.ReplicaSet set = (Facts.ReplicaSet) state.facts();
            long has = live.getOrDefault(state.uid(), 0L);
            if (has != set.replicas()) {
                return state + " asks for " + set.replicas() + " pods and has " + has;
            }
            inUse += set.replicas() > 0 ? 1 : 0;
        }
        return inUse == deployments.items().size()
                ? ""
                : inUse + " ReplicaSets are in use for " + deployments.items().size() + " Deployments";
    }

    private Entry.@Nullable Listing list(String resource) {
        return recorder.listUnnoted("rest", door, Entry.Consistency.LINEARIZABLE,
                new Scope(resource, namespace, Map.of()));
    }
}
