package dev.xebec.controller.deployment;

import dev.xebec.controller.object.Pods;
import dev.xebec.kit.informer.Cache;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.model.object.GroupVersionResource;
import java.util.ArrayList;
import java.util.List;

/** The old pods go first, all of them; then the new ones come. Source: k/k {@code recreate.go}. */
final class Recreate {
    private Recreate() {}

    static List<Action> emptyOld(Rollout rollout) {
        List<Action> actions = new ArrayList<>();
        rollout.activeOld().forEach(set -> actions.addAll(Scaling.to(rollout, set, 0)));
        return actions;
    }

    /** Also a pod on its way out still runs. */
    static boolean oldPodsRun(Rollout rollout, Cache cache) {
        return rollout.old().stream().anyMatch(set -> cache.ownedBy(GroupVersionResource.PODS, set.uid()).stream()
                .anyMatch(pod -> !Pods.finished(pod)));
    }
}
