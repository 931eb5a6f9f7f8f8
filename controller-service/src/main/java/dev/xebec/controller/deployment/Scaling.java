package dev.xebec.controller.deployment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Trees;
import dev.xebec.controller.object.Writes;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Gives one ReplicaSet another size, and says so on the Deployment. */
final class Scaling {
    private Scaling() {}

    /** No writes where the set has the size and notes already. */
    static List<Action> to(Rollout rollout, ApiObject set, int replicas) {
        int before = Rollout.replicas(set);
        Map<String, String> notes = Annotations.sizes(rollout);
        notes.entrySet().removeIf(note -> note.getValue().equals(set.annotations().get(note.getKey())));
        if (before == replicas && notes.isEmpty()) {
            return List.of();
        }
        ObjectNode patch = Json.object();
        Trees.putAll(patch.putObject("metadata").putObject("annotations"), notes);
        List<Action> actions = new ArrayList<>();
        if (before != replicas) {
            patch.putObject("spec").put("replicas", replicas);
        }
        actions.add(Writes.patch(GroupVersionResource.REPLICA_SETS, set, patch));
        if (before != replicas) {
            actions.add(event(rollout.deployment(), set.name(), before, replicas));
        }
        return actions;
    }

    static Action event(ApiObject deployment, String set, int before, int after) {
        return new Action.Emit(deployment, "Normal", "ScalingReplicaSet", "Scaled " + (after > before ? "up" : "down")
                + " replica set " + set + " from " + before + " to " + after);
    }
}
