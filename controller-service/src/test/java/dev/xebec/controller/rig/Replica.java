package dev.xebec.controller.rig;

import dev.xebec.controller.rig.MemoryApi.Answer;
import dev.xebec.kit.informer.CustomResources;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.kit.reconcile.Plan;
import dev.xebec.kit.reconcile.Reconciler;
import dev.xebec.model.object.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One replica that runs some reconcilers and believes to own everything. Its cache is at a revision of its own, which
 * moves only when it is told to; what it wrote itself it has seen before it looks at a key again, as the real loop
 * has it.
 */
public final class Replica {
    /** Looks without any effect after which a state would have to be stable; more means that it never settles. */
    private static final int MAX_LOOKS = 20_000;

    private final MemoryApi api;
    private final List<Reconciler> reconcilers;
    private final Map<Reconciler, Set<ObjectKey>> queues = new HashMap<>();
    private final List<Action.Emit> events = new ArrayList<>();
    private long seen;

    public Replica(MemoryApi api, Reconciler... reconcilers) {
        this.api = api;
        this.reconcilers = List.of(reconcilers);
        this.reconcilers.forEach(one -> queues.put(one, new LinkedHashSet<>(one.allKeys(api.at(0)))));
    }

    public List<Action.Emit> events() {
        return events;
    }

    public List<String> messages() {
        return events.stream().map(Action.Emit::message).toList();
    }

    /** The cache moves on by at most {@code revisions}. */
    public void see(long revisions) {
        long until = Math.min(api.revision(), seen + revisions);
        while (seen < until) {
            seen++;
            var change = api.change(seen);
            for (Reconciler reconciler : reconcilers) {
                if (CustomResources.among(reconciler.reads(), change.resource())) {
                    queues.get(reconciler).addAll(reconciler.keysFor(change, api.at(seen)));
                }
            }
        }
    }

    public boolean idle() {
        return seen == api.revision() && queues.values().stream().allMatch(Set::isEmpty);
    }

    /** Looks at one queued key; false where there is none. */
    public boolean look() {
        for (Reconciler reconciler : reconcilers) {
            Set<ObjectKey> queue = queues.get(reconciler);
            if (!queue.isEmpty()) {
                ObjectKey key = queue.iterator().next();
                queue.remove(key);
                perform(reconciler, key, reconciler.reconcile(key, api.at(seen), api.now()));
                return true;
            }
        }
        return false;
    }

    private void perform(Reconciler reconciler, ObjectKey key, Plan plan) {
        long before = api.revision();
        for (Action action : plan.actions()) {
            Answer answer = api.perform(action);
            if (action instanceof Action.Emit emit) {
                events.add(emit);
            } else if (answer != Answer.DONE) {
                queues.get(reconciler).add(key);
                see(1);
                return;
            }
        }
        if (api.revision() > before) {
            see(api.revision() - seen);
        }
        if (plan.requeueAfter() != null && plan.requeueAfter().isZero()) {
            queues.get(reconciler).add(key);
        }
    }

    /** Everything is looked at again, as after a requeue. */
    public void wake() {
        reconcilers.forEach(one -> queues.get(one).addAll(one.allKeys(api.at(seen))));
    }

    /** Sees and looks until nothing is left to do. */
    public void settle() {
        wake();
        for (int looks = 0; looks < MAX_LOOKS; looks++) {
            see(Long.MAX_VALUE - seen);
            if (!look()) {
                if (idle()) {
                    return;
                }
            }
        }
        throw new AssertionError("does not settle: " + queues);
    }
}
