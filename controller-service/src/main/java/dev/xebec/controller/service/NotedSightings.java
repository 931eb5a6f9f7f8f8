package dev.xebec.controller.service;

import dev.xebec.controller.node.Sightings;
import dev.xebec.kit.informer.Cache;
import dev.xebec.kit.informer.Informer;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Notes when leases are renewed and nodes go, and tells it by the time of day as it is now: how long ago it was is measured
 * by a clock that nobody sets, so that setting the other makes no node silent. Thread-safe; knows nothing from before its
 * start.
 */
final class NotedSightings implements Sightings, Informer.Listener {
    private static final String LEASE_NAMESPACE = "kube-node-lease";

    private final InstantSource clock;
    private final InstantSource steady;
    private final ConcurrentHashMap<String, Renewal> renewals = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Instant> gone = new ConcurrentHashMap<>();

    /** @param stated the renewal as the lease states it; @param seen by the steady clock */
    private record Renewal(String stated, Instant seen) {}

    /** @param clock the time of day, by which reconcilers are asked too */
    NotedSightings(InstantSource clock, InstantSource steady) {
        this.clock = clock;
        this.steady = steady;
    }

    @Override
    public void onChanges(List<Informer.ObjectChange> changes, Cache cache) {
        for (Informer.ObjectChange change : changes) {
            ApiObject after = change.after();
            String name = change.any().name();
            if (change.resource().equals(GroupVersionResource.NODES)) {
                if (after == null) {
                    gone.put(name, steady.instant());
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
        return renewals.merge(node, new Renewal(stated, steady.instant()),
                (before, now) -> before.stated().equals(now.stated()) ? before : now);
    }

    @Override
    public Optional<Instant> renewed(String node, @Nullable ApiObject lease) {
        return lease == null
                ? Optional.ofNullable(renewals.get(node)).map(noted -> ofToday(noted.seen()))
                : Optional.of(ofToday(note(node, lease).seen()));
    }

    @Override
    public Optional<Instant> goneSince(String node) {
        return Optional.of(ofToday(gone.computeIfAbsent(node, key -> steady.instant())));
    }

    private Instant ofToday(Instant noted) {
        return clock.instant().minus(Duration.between(noted, steady.instant()));
    }
}
