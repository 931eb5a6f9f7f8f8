package dev.xebec.controller.deployment;

import dev.xebec.kit.reconcile.Action;
import dev.xebec.model.object.ApiObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Resizes a Deployment whose number was changed, in the middle of a rollout or while paused: each set in proportion.
 *
 * <p>Source: k/k {@code sync.go} scale, {@code util/deployment_util.go}.
 */
final class ProportionalScaling {
    private ProportionalScaling() {}

    /** Whether the Deployment's number has changed since its sets were scaled. */
    static boolean needed(Rollout rollout) {
        return rollout.all().stream().filter(set -> Rollout.replicas(set) > 0).anyMatch(set -> {
            int noted = Annotations.desiredReplicas(set);
            return noted >= 0 && noted != rollout.desired();
        });
    }

    static List<Action> scale(Rollout rollout) {
        ApiObject only = activeOrLatest(rollout);
        if (only != null) {
            return Scaling.to(rollout, only, rollout.desired());
        }
        ApiObject current = rollout.current();
        if (current != null && saturated(rollout, current)) {
            return Recreate.emptyOld(rollout);
        }
        return rollout.rolling() ? inProportion(rollout) : List.of();
    }

    /** The one set with pods; where none has any, the newest; null where there are several. */
    private static @Nullable ApiObject activeOrLatest(Rollout rollout) {
        List<ApiObject> active = active(rollout);
        if (active.size() > 1) {
            return null;
        }
        if (active.size() == 1) {
            return active.get(0);
        }
        return rollout.current() != null || rollout.old().isEmpty()
                ? rollout.current()
                : rollout.old().get(rollout.old().size() - 1);
    }

    private static boolean saturated(Rollout rollout, ApiObject current) {
        return Rollout.replicas(current) == rollout.desired()
                && Annotations.desiredReplicas(current) == rollout.desired()
                && Rollout.status(current, "availableReplicas") == rollout.desired();
    }

    private static List<Action> inProportion(Rollout rollout) {
        List<ApiObject> sets = active(rollout);
        int total = Rollout.totalReplicas(sets);
        int allowed = rollout.desired() > 0 ? rollout.desired() + rollout.maxSurge() : 0;
        int toAdd = allowed - total;
        Comparator<ApiObject> largest = Comparator.comparing(Rollout::replicas, Comparator.reverseOrder());
        Comparator<ApiObject> age = toAdd > 0 ? Rollout.OLDEST_FIRST.reversed() : Rollout.OLDEST_FIRST;
        Map<ApiObject, Integer> sizes = new LinkedHashMap<>();
        int added = 0;
        for (ApiObject set : sets.stream().sorted(largest.thenComparing(age)).toList()) {
            int share = toAdd == 0 ? 0 : share(rollout, set, toAdd, added, allowed);
            sizes.put(set, Rollout.replicas(set) + share);
            added += share;
        }
        int leftover = toAdd - added;
        List<Action> actions = new ArrayList<>();
        for (var entry : sizes.entrySet()) {
            int wanted = entry.getValue() + leftover;
            int size = Math.max(0, wanted);
            // What the largest set cannot give the next one does; upstream drops it.
            leftover = wanted - size;
            actions.addAll(Scaling.to(rollout, entry.getKey(), size));
        }
        return actions;
    }

    private static int share(Rollout rollout, ApiObject set, int toAdd, int added, int allowed) {
        int left = toAdd - added;
        int noted = Annotations.maxReplicas(set);
        // The total when the set was last scaled; without a note, what the Deployment itself last said.
        int before = noted > 0 ? noted : Math.max(1, Rollout.status(rollout.deployment(), "replicas"));
        long ideal = Math.round((double) Rollout.replicas(set) * allowed / before);
        int fraction = rollout.desired() == 0
                ? -Rollout.replicas(set)
                : Math.toIntExact(ideal - Rollout.replicas(set));
        // Upstream does not look at the sign: where the note is out of date, a set could grow while there are too many.
        return toAdd > 0 ? Math.max(0, Math.min(fraction, left)) : Math.min(0, Math.max(fraction, left));
    }

    private static List<ApiObject> active(Rollout rollout) {
        return rollout.all().stream().filter(set -> Rollout.replicas(set) > 0).toList();
    }
}
