package dev.xebec.kit.reconcile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.kit.client.Objects;
import dev.xebec.kit.informer.Cache;
import dev.xebec.kit.informer.Informer.ObjectChange;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Keeps as many pods as a ConfigMap's {@code replicas} says, and writes into it how many there are. */
final class PodSetReconciler implements Reconciler {
    static final GroupVersionResource SETS = GroupVersionResource.CONFIG_MAPS;
    static final GroupVersionResource PODS = GroupVersionResource.PODS;

    static ObjectNode set(String name, int replicas) {
        return Objects.object("v1", "ConfigMap", "default", name).put("replicas", replicas);
    }

    @Override
    public String name() {
        return "podset";
    }

    @Override
    public Set<GroupVersionResource> reads() {
        return Set.of(SETS, PODS);
    }

    @Override
    public Collection<ObjectKey> keysFor(ObjectChange change, Cache cache) {
        if (change.resource().equals(SETS)) {
            return List.of(change.any().key());
        }
        return change.any().controllerOwner().map(owner -> List.of(new ObjectKey("default", owner.name())))
                .orElse(List.of());
    }

    @Override
    public Collection<ObjectKey> allKeys(Cache cache) {
        return cache.list(SETS).stream().map(ApiObject::key).toList();
    }

    @Override
    public Plan reconcile(ObjectKey key, Cache cache, Instant now) {
        ApiObject set = cache.get(SETS, key);
        if (set == null) {
            return Plan.NOTHING;
        }
        List<Action> actions = new ArrayList<>();
        Collection<ApiObject> pods = cache.ownedBy(PODS, set.uid());
        int wanted = set.tree().path("replicas").asInt();
        for (int i = 0; i < wanted; i++) {
            ObjectKey pod = new ObjectKey("default", key.name() + "-" + i);
            if (cache.get(PODS, pod) == null) {
                actions.add(new Action.Create(PODS, ApiObject.of(Objects.owned(
                        Objects.pod("default", pod.name()), "ConfigMap", key.name(), set.uid()))));
            }
        }
        for (ApiObject pod : pods) {
            if (Integer.parseInt(pod.name().substring(key.name().length() + 1)) >= wanted) {
                actions.add(new Action.Delete(PODS, pod.key(), pod.uid(), 0, -1, ""));
            }
        }
        if (set.tree().path("seen").asInt(-1) != pods.size()) {
            ObjectNode patch = Json.object().put("seen", pods.size());
            patch.putObject("metadata").put("resourceVersion", Long.toString(set.revision()));
            actions.add(new Action.MergePatch(SETS, key, "", patch));
        }
        return new Plan(actions, null);
    }
}
