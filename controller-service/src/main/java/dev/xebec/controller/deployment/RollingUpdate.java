package dev.xebec.controller.deployment;

import dev.xebec.kit.reconcile.Action;
import dev.xebec.model.object.ApiObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One step of a rolling update: up to maxSurge above, down to maxUnavailable below.
 *
 * <p>Source: k/k {@code pkg/controller/deployment/rolling.go}.
 */
final class RollingUpdate {
    private RollingUpdate() {}

    /** The size that the current set may have now. */
    static int newSize(Rollout rollout) {
        ApiObject current = rollout.current();
        int present = current == null ? 0 : Rollout.replicas(current);
        if (!rollout.rolling()) {
            return rollout.desired();
        }
        int room = rollout.desired() + rollout.maxSurge() - Rollout.totalReplicas(rollout.all());
        return room <= 0 ? present : present + Math.min(room, rollout.desired() - present);
    }

    /** Grows the current set, or else shrinks the old ones. */
    static List<Action> step(Rollout rollout, ApiObject current) {
        int present = Rollout.replicas(current);
        int target = present > rollout.desired() ? rollout.desired() : newSize(rollout);
        List<Action> grow = Scaling.to(rollout, current, target);
        return grow.isEmpty() ? shrinkOld(rollout, current) : grow;
    }

    private static List<Action> shrinkOld(Rollout rollout, ApiObject current) {
        int currentUnavailable = Rollout.replicas(current) - Rollout.available(current);
        int most = Rollout.totalReplicas(rollout.all()) - rollout.minAvailable() - currentUnavailable;
        if (rollout.activeOld().isEmpty() || most <= 0) {
            return List.of();
        }
        Map<ApiObject, Integer> sizes = new LinkedHashMap<>();
        rollout.activeOld().forEach(set -> sizes.put(set, Rollout.replicas(set)));
        dropUnavailable(sizes, most);
        dropAvailable(sizes, rollout);
        List<Action> actions = new ArrayList<>();
        sizes.forEach((set, size) -> {
            if (size != Rollout.replicas(set)) {
                actions.addAll(Scaling.to(rollout, set, size));
            }
        });
        return actions;
    }

    /** Pods that do not serve are in nobody's way when they go; so a broken rollout does not block the next one. */
    private static void dropUnavailable(Map<ApiObject, Integer> sizes, int most) {
        int left = most;
        for (var entry : sizes.entrySet()) {
            int drop = Math.min(left, entry.getValue() - Rollout.available(entry.getKey()));
            if (drop > 0) {
                entry.setValue(entry.getValue() - drop);
                left -= drop;
            }
        }
    }

    private static void dropAvailable(Map<ApiObject, Integer> sizes, Rollout rollout) {
        int available = rollout.all().stream().mapToInt(Rollout::available).sum();
        int left = available - rollout.minAvailable();
        for (var entry : sizes.entrySet()) {
            int drop = Math.min(left, entry.getValue());
            if (drop > 0) {
                entry.setValue(entry.getValue() - drop);
                left -= drop;
            }
        }
    }
}
