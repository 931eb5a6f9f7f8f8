package dev.xebec.kit.reconcile;

import dev.xebec.kit.informer.Cache;
import dev.xebec.kit.informer.Informer.ObjectChange;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;

/**
 * Decides what to write so that the cluster becomes what was asked for. Pure: the same caches, key and time give the same
 * plan; it may be asked at any time, twice, and by two replicas at once. What it creates has names that follow from its
 * input.
 */
public interface Reconciler {

    /** Such as {@code deployment}; names the queue's metrics and the writes' field manager ({@code NAME-controller}). */
    String name();

    /** What its caches have to hold. */
    Set<GroupVersionResource> reads();

    /** The keys to look at again after a change; keys are of the reconciler's own primary resource. */
    Collection<ObjectKey> keysFor(ObjectChange change, Cache cache);

    Plan reconcile(ObjectKey key, Cache cache, Instant now);

    /** Keys to look at after a start or when a share is taken over; those owned are queued. */
    Collection<ObjectKey> allKeys(Cache cache);
}
