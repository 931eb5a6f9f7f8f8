package dev.xebec.controller.rig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Timestamps;
import dev.xebec.controller.object.Trees;
import dev.xebec.kit.informer.Informer.ObjectChange;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.model.defaulting.Defaulting;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A small API server in memory that honours what reconcilers rely on: names, uids, resourceVersions, defaults,
 * generation, the status subresource, finalizers, propagation policies and graceful deletion of pods. Keeps every
 * revision, so that caches of any age can be had.
 */
public final class MemoryApi {
    private static final String ORPHAN = "orphan";
    private static final String FOREGROUND = "foregroundDeletion";

    private final List<MemoryCache> history = new ArrayList<>();
    private final List<ObjectChange> changes = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long uids;

    /** What became of a write. */
    public enum Answer {
        DONE, ALREADY_EXISTS, NOT_FOUND, CONFLICT
    }

    public MemoryApi() {
        history.add(new MemoryCache(0, Map.of()));
    }

    public Instant now() {
        return now;
    }

    public void pass(Duration time) {
        now = now.plus(time);
    }

    public long revision() {
        return history.size() - 1;
    }

    public MemoryCache at(long revision) {
        return history.get((int) revision);
    }

    public MemoryCache latest() {
        return at(revision());
    }

    /** The change that made a revision. */
    public ObjectChange change(long revision) {
        return changes.get((int) revision - 1);
    }

    public ApiObject get(GroupVersionResource resource, String namespace, String name) {
        return latest().get(resource, new ObjectKey(namespace, name));
    }

    public Answer perform(Action action) {
        return switch (action) {
            case Action.Create create -> create(create.resource(), create.object());
            case Action.Update update -> update(update.resource(), update.object(), false);
            case Action.UpdateStatus update -> update(update.resource(), update.object(), true);
            case Action.MergePatch patch -> patch(patch);
            case Action.Apply apply -> patch(new Action.MergePatch(apply.resource(), apply.key(), apply.subresource(),
                    apply.wanted()));
            case Action.Delete delete -> delete(delete);
            case Action.Evict evict -> delete(new Action.Delete(GroupVersionResource.PODS, evict.pod(), evict.uid(), 0,
                    -1, ""));
            case Action.Emit emit -> Answer.DONE;
        };
    }

    public Answer create(GroupVersionResource resource, ApiObject object) {
        if (latest().get(resource, object.key()) != null) {
            return Answer.ALREADY_EXISTS;
        }
        ObjectNode tree = object.copy();
        ObjectNode metadata = Trees.child(tree, "metadata");
        metadata.put("uid", "uid-" + ++uids).put("generation", 1).put("creationTimestamp", Timestamps.text(now));
        if (resource.equals(GroupVersionResource.PODS)) {
            tree.putObject("status").put("phase", "Pending");
        }
        if (resource.equals(GroupVersionResource.NAMESPACES)) {
            Trees.child(tree, "spec").putArray("finalizers").add("kubernetes");
        }
        store(resource, null, tree);
        return Answer.DONE;
    }

    /** The {@code finalize} subresource of namespaces: the only way to change {@code spec.finalizers}. */
    public Answer finish(ApiObject namespace) {
        ApiObject present = latest().get(GroupVersionResource.NAMESPACES, namespace.key());
        if (present == null) {
            return Answer.NOT_FOUND;
        }
        if (namespace.revision() != present.revision()) {
            return Answer.CONFLICT;
        }
        ObjectNode tree = present.copy();
        Trees.child(tree, "spec").set("finalizers", namespace.spec().path("finalizers").deepCopy());
        boolean gone = present.deleting() && namespace.spec().path("finalizers").isEmpty()
                && present.finalizers().isEmpty();
        store(GroupVersionResource.NAMESPACES, present, gone ? null : tree);
        return Answer.DONE;
    }

    private Answer update(GroupVersionResource resource, ApiObject object, boolean status) {
        ApiObject present = latest().get(resource, object.key());
        if (present == null) {
            return Answer.NOT_FOUND;
        }
        if (object.revision() != 0 && object.revision() != present.revision()
                || !object.uid().isEmpty() && !object.uid().equals(present.uid())) {
            return Answer.CONFLICT;
        }
        ObjectNode tree = status ? present.copy() : object.copy();
        JsonNode wanted = status ? object.tree().path("status") : present.tree().path("status");
        if (wanted.isMissingNode()) {
            tree.remove("status");
        } else {
            tree.set("status", wanted.deepCopy());
        }
        if (!status) {
            boolean specChanged = !Trees.same(present.spec(), ApiObject.of(tree).spec());
            Trees.child(tree, "metadata").put("generation", present.generation() + (specChanged ? 1 : 0));
        }
        boolean gone = present.deleting() && tree.path("metadata").path("finalizers").isEmpty()
                && !present.finalizers().isEmpty();
        store(resource, present, gone ? null : tree);
        return Answer.DONE;
    }

    private Answer patch(Action.MergePatch patch) {
        ApiObject present = latest().get(patch.resource(), patch.key());
        if (present == null) {
            return Answer.NOT_FOUND;
        }
        ObjectNode tree = present.copy();
        merge(tree, patch.patch());
        return update(patch.resource(), ApiObject.of(tree), patch.subresource().equals("status"));
    }

    /** Source: RFC 7386. */
    private static void merge(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(entry -> {
            if (entry.getValue().isNull()) {
                target.remove(entry.getKey());
            } else if (entry.getValue() instanceof ObjectNode child) {
                merge(Trees.child(target, entry.getKey()), child);
            } else {
                target.set(entry.getKey(), entry.getValue().deepCopy());
            }
        });
    }

    private Answer delete(Action.Delete delete) {
        ApiObject present = latest().get(delete.resource(), delete.key());
        if (present == null) {
            return Answer.NOT_FOUND;
        }
        if (!delete.uid().isEmpty() && !delete.uid().equals(present.uid())
                || delete.revision() != 0 && delete.revision() != present.revision()) {
            return Answer.CONFLICT;
        }
        ObjectNode tree = present.copy();
        ArrayNode finalizers = Trees.list(Trees.child(tree, "metadata"), "finalizers");
        if (delete.propagation().equals("Foreground") && !present.finalizers().contains(FOREGROUND)) {
            finalizers.add(FOREGROUND);
        }
        if (delete.propagation().equals("Orphan") && !present.finalizers().contains(ORPHAN)) {
            finalizers.add(ORPHAN);
        }
        boolean graceful = delete.resource().equals(GroupVersionResource.PODS) && delete.graceSeconds() != 0
                && !present.spec().path("nodeName").asText("").isEmpty();
        boolean held = !present.spec().path("finalizers").isEmpty();
        if (finalizers.isEmpty() && !graceful && !held) {
            store(delete.resource(), present, null);
        } else if (!present.deleting()) {
            Trees.child(tree, "metadata").put("deletionTimestamp", Timestamps.text(now));
            store(delete.resource(), present, tree);
        }
        return Answer.DONE;
    }

    /** One new revision; a write that changes nothing makes none. */
    private void store(GroupVersionResource resource, ApiObject before, ObjectNode after) {
        if (after != null) {
            KindRegistry.builtIn().byResource(resource).ifPresent(kind -> Defaulting.apply(kind, after));
        }
        if (before != null && after != null && Trees.same(before.tree(), after)) {
            return;
        }
        long revision = revision() + 1;
        Map<GroupVersionResource, TreeMap<ObjectKey, ApiObject>> objects = new HashMap<>(latest().objects());
        TreeMap<ObjectKey, ApiObject> table = new TreeMap<>(objects.getOrDefault(resource, new TreeMap<>()));
        ApiObject stored = null;
        if (after != null) {
            Trees.child(after, "metadata").put("resourceVersion", Long.toString(revision));
            // Through bytes and back, as every object comes out of a real API.
            stored = ApiObject.parse(Json.bytes(after));
            table.put(stored.key(), stored);
        } else if (before != null) {
            table.remove(before.key());
        }
        objects.put(resource, table);
        history.add(new MemoryCache(revision, objects));
        changes.add(new ObjectChange(resource, before, stored));
    }
}
