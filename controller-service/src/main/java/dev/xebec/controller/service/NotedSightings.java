package dev.xebec.controller.service;

import dev.xebec.controller.node.Sightings;
import dev.xebec.kit.informer.Cache;
import dev.xebec.kit.informer.Informer;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Notes by this process's clock when leases are renewed and nodes go. Thread-safe; knows nothing from before its
 * start.
 */
final class NotedSightings implements Sightings, Informer.Listener {
    private static final String LEASE_NAMESPACE = "kube-node-lease";

    private final InstantSource clock;
    private final ConcurrentHashMap<String, Renewal> renewals = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Instant> gone = new ConcurrentHashMap<>();

    /** @param stated the renewal as the lease states it */
    private record Renewal(String stated, Instant seen) {}

    NotedSightings(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void onChanges(List<Informer.ObjectChange> changes, Cache cache) {
        for (Informer.ObjectChange change : changes) {
            ApiObject after = change.after();
            String name = change.any().name();
            if (change.resource().equals(GroupVersionResource.NODES)) {
                if (after == null) {
                    gone.put(name, clock.instant());
                    renewals.remove(name);
                } else {
                    gone.remove(name);
                }
            } else if (after != null && change.resource().equals(GroupVersionResource.LEASES)
                    && after.namespace().equals(LEASE_NAMESPACE)) {
                note(name, after);
            }
        }
    }

    private Renewal note(String node, ApiObject lease) {
        String stated = lease.spec().path("renewTime").asText("");
        return renewals.merge(node, new Renewal(stated, clock.instant()),
                (before, now) -> before.stated().equals(now.stated()) ? before : now);
    }

    @Override
    public Optional<Instant> renewed(String node, @Nullable ApiObject lease) {
        return lease == null
                ? Optional.ofNullable(renewals.get(node)).map(Renewal::seen)
                : Optional.of(note(node, lease).seen());
    }

    @Override
    public Optional<Instant> goneSince(String node) {
        return Optional.of(gone.computeIfAbsent(node, key -> clock.instant()));
    }
}
