package dev.xebec.simulator.check;

import dev.xebec.contracts.state.Change;
import dev.xebec.controller.object.StableName;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.object.OwnerReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A ReplicaSet makes pods for its slots and no others. The n-th slot is the name that follows from the set's name, its uid and
 * n; a controller fills the first slots whose names are free in its picture. So n stays below the most replicas that the
 * set ever asked for and the pods that it ever had, and a slot has one live pod at most, as a name has.
 *
 * <p>How many live at once: however old the pictures and however many controllers, no more than the most replicas ever asked
 * for, and one more for each pod that was adopted, and for each slot that became free again: who has not seen that it was
 * filled and freed may fill it beside a pod that another controller has made for it under the next name.
 * {@link NoSurplusPod} is the rule without the last of these.
 */
final class ReplicaSetSize implements Invariant {
    private static final String NAME = "replica-set-size";
    private static final int SUFFIX = 5;

    private final TreeMap<String, SetState> sets = new TreeMap<>();
    /** The uid of the set that a live pod counts for, by the pod's key. */
    private final TreeMap<ObjectKey, String> live = new TreeMap<>();

    private static final class SetState {
        private final String name;
        private final List<String> slots = new ArrayList<>();
        private final Map<String, Integer> slotOf = new HashMap<>();
        private int most;
        private int live;
        private int created;
        private int adopted;
        private int freed;

        SetState(String name) {
            this.name = name;
        }
    }

    @Override
    public void committed(long revision, List<Change> changes, Truth truth) {
        for (Transition step : truth.transitions()) {
            if (step.of(GroupVersionResource.REPLICA_SETS)) {
                takeSet(step);
            } else if (step.of(GroupVersionResource.PODS)) {
                takePod(step);
            }
        }
    }

    private void takeSet(Transition step) {
        ApiObject after = step.objectAfter();
        if (after != null) {
            SetState set = sets.computeIfAbsent(after.uid(), uid -> new SetState(after.name()));
            set.most = Math.max(set.most, after.spec().path("replicas").asInt(1));
        }
    }

    private void takePod(Transition step) {
        String was = owner(step.objectBefore());
        ApiObject pod = step.objectAfter();
        String is = owner(pod);
        String counted = live.remove(step.objectKey());
        if (counted != null) {
            state(counted).live--;
        }
        if (pod == null && !was.isEmpty()) {
            state(was).freed++;
        }
        if (pod == null || is.isEmpty() || pod.deleting() || BoundPod.finished(pod)) {
            return;
        }
        SetState set = state(is);
        set.live++;
        live.put(step.objectKey(), is);
        if (step.before() == null) {
            set.created++;
            mustBeSlot(step, is, set);
        } else if (!is.equals(was)) {
            set.adopted++;
        }
        if (set.live > set.most + set.adopted + set.freed) {
            throw new Violation(NAME, step.revision(), "at most " + set.most + " live pods of ReplicaSet " + set.name
                    + ", with " + set.adopted + " adopted and " + set.freed + " slots freed",
                    set.live + ", with " + step);
        }
    }

    private static void mustBeSlot(Transition step, String uid, SetState set) {
        int end = set.most + set.created + set.adopted;
        while (set.slots.size() < end) {
            int slot = set.slots.size();
            String name = StableName.of(set.name, StableName.suffix(SUFFIX, uid, Integer.toString(slot)));
            set.slots.add(name);
            set.slotOf.putIfAbsent(name, slot);
        }
        Integer slot = set.slotOf.get(step.objectKey().name());
        if (slot == null || slot >= end) {
            throw new Violation(NAME, step.revision(),
                    "a pod of ReplicaSet " + set.name + " for one of its first " + end
                            + " slots",
                    step.objectKey().toString());
        }
    }

    private SetState state(String uid) {
        return sets.computeIfAbsent(uid, fresh -> new SetState(fresh));
    }

    /** The uid of the ReplicaSet that controls a pod; empty for none. */
    static String owner(@Nullable ApiObject pod) {
        Optional<OwnerReference> owner = pod == null ? Optional.empty() : pod.controllerOwner();
        return owner.filter(of -> of.kind().equals("ReplicaSet")).map(OwnerReference::uid).orElse("");
    }
}
