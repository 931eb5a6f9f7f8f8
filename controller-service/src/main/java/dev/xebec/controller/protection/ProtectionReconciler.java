package dev.xebec.controller.protection;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Writes;
import dev.xebec.kit.informer.Cache;
import dev.xebec.kit.informer.Informer.ObjectChange;
import dev.xebec.kit.reconcile.Plan;
import dev.xebec.kit.reconcile.Reconciler;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Holds objects of one resource by a finalizer while somebody uses them, and lets them go after that.
 *
 * <p>Source: k/k {@code pkg/controller/volume/pvcprotection/pvc_protection_controller.go} and its siblings.
 */
public final class ProtectionReconciler implements Reconciler {
    private final String name;
    private final Users users;

    private ProtectionReconciler(String name, Users users) {
        this.name = name;
        this.users = users;
    }

    /** Of claims, volumes and attribute classes. */
    public static List<Reconciler> all() {
        return List.of(new ProtectionReconciler("persistentvolumeclaim-protection", Users.OF_CLAIMS),
                new ProtectionReconciler("persistentvolume-protection", Users.OF_VOLUMES),
                new ProtectionReconciler("volumeattributesclass-protection", Users.OF_ATTRIBUTES));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<GroupVersionResource> reads() {
        Set<GroupVersionResource> all = new LinkedHashSet<>(users.users());
        all.add(users.resource());
        return all;
    }

    @Override
    public Collection<ObjectKey> allKeys(Cache cache) {
        return cache.list(users.resource()).stream().filter(this::concerned).map(ApiObject::key).toList();
    }

    /** Nothing is to be done for most: they are held and not to go. */
    private boolean concerned(ApiObject object) {
        return object.deleting() == object.finalizers().contains(users.finalizer());
    }

    @Override
    public Collection<ObjectKey> keysFor(ObjectChange change, Cache cache) {
        if (change.resource().equals(users.resource())) {
            ApiObject after = change.after();
            return after != null && concerned(after) ? List.of(after.key()) : List.of();
        }
        return users.users().contains(change.resource())
                ? Stream.of(Optional.ofNullable(change.before()), Optional.ofNullable(change.after()))
                        .flatMap(Optional::stream).flatMap(user -> users.usedBy(user).stream()).distinct().toList()
                : List.of();
    }

    @Override
    public Plan reconcile(ObjectKey key, Cache cache, Instant now) {
        ApiObject object = cache.get(users.resource(), key);
        if (object == null || !concerned(object) || object.deleting() && users.use(object, cache)) {
            return Plan.NOTHING;
        }
        ObjectNode patch = Json.object();
        ArrayNode finalizers = patch.putObject("metadata").putArray("finalizers");
        object.finalizers().stream().filter(one -> !one.equals(users.finalizer())).forEach(finalizers::add);
        if (!object.deleting()) {
            finalizers.add(users.finalizer());
        }
        return Plan.of(Writes.patch(users.resource(), object, patch));
    }
}
