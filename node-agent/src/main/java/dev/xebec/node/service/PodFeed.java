package dev.xebec.node.service;

import dev.xebec.kit.informer.Cache;
import dev.xebec.kit.informer.Informer;
import dev.xebec.kit.informer.Informer.ObjectChange;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.node.worker.NodePods;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Hands what an informer hears of pods to the nodes that they are on. */
final class PodFeed implements Informer.Listener {
    private final Function<String, @Nullable NodePods> nodes;
    private final @Nullable NodePods cleaned;
    private boolean first = true;

    /**
     * @param nodes by node name; null for one that is not ours
     * @param cleaned whose leftovers are cleared once all its pods are known; null for none
     */
    PodFeed(Function<String, @Nullable NodePods> nodes, @Nullable NodePods cleaned) {
        this.nodes = nodes;
        this.cleaned = cleaned;
    }

    @Override
    public void onChanges(List<ObjectChange> changes, Cache cache) {
        for (ObjectChange change : changes) {
            NodePods pods = nodes.apply(change.any().spec().path("nodeName").asText(""));
            if (pods != null) {
                feed(pods, change);
            }
        }
        if (first && cleaned != null) {
            cleaned.keepOnly(cache.list(GroupVersionResource.PODS).stream().map(ApiObject::uid)
                    .collect(Collectors.toSet()));
        }
        first = false;
    }

    /** A name that was used again while nobody looked is two pods. */
    private static void feed(NodePods pods, ObjectChange change) {
        ApiObject before = change.before();
        ApiObject after = change.after();
        if (before != null && (after == null || !after.uid().equals(before.uid()))) {
            pods.gone(before.uid());
        }
        if (after != null) {
            pods.update(after);
        }
    }
}
