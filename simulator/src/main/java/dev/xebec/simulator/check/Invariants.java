package dev.xebec.simulator.check;

import dev.xebec.contracts.api.WatchEvent;
import dev.xebec.contracts.api.WatchRequest;
import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.model.kind.KindRegistry;
import java.util.ArrayList;
import java.util.List;

/**
 * All that has to hold, and the one place that a world tells what it sees. A revision is told by {@link #committed} before
 * anything that was made of it. Every method throws {@link Violation} where something does not hold. Used by one thread.
 */
public final class Invariants {
    private final Truth truth = new Truth();
    private final List<Invariant> invariants;
    private final Acknowledgements acknowledgements = new Acknowledgements(truth);
    private final CacheAgreement caches = new CacheAgreement(truth);
    private final WatchAgreement watches;
    private final ReplicaAgreement replicas = new ReplicaAgreement();

    public Invariants(KindRegistry kinds, List<Invariant> invariants) {
        this.watches = new WatchAgreement(truth, kinds);
        this.invariants = List.copyOf(invariants);
    }

    /** With every invariant of this package that holds in each moment. */
    public static Invariants standard(KindRegistry kinds) {
        return new Invariants(kinds, Standard.invariants());
    }

    /**
     * Also with what two controllers at once can break for a moment, because nothing guards against it yet: for runs whose
     * faults leave ownership alone, and to look for it.
     */
    public static Invariants strict(KindRegistry kinds) {
        List<Invariant> all = new ArrayList<>(Standard.invariants());
        all.add(new NoSurplusPod());
        return new Invariants(kinds, all);
    }

    public Truth truth() {
        return truth;
    }

    /** One agreed revision, in order and once, whichever replica tells of it first. */
    public void committed(long revision, List<Change> changes) {
        truth.apply(revision, changes);
        for (Invariant invariant : invariants) {
            invariant.committed(revision, changes, truth);
        }
    }

    /** A client was told what became of its transaction. */
    public void acknowledged(Txn txn, TxnResult result) {
        acknowledgements.answered(txn, result);
    }

    /** A client was answered a page of a range. */
    public void read(RangeQuery query, RangeResult.Page page) {
        acknowledgements.read(query, page);
    }

    /** The newest revision that any client knows to be committed: to be noted when a barrier is asked for. */
    public long newestAcknowledged() {
        return acknowledgements.newest();
    }

    /** A read barrier was answered. @param acknowledgedBefore {@link #newestAcknowledged} when it was asked for */
    public void barrier(long acknowledgedBefore, long answered) {
        acknowledgements.barrier(acknowledgedBefore, answered);
    }

    /** A gateway has a new image; the same one again costs nothing. */
    public void cachePublished(String gateway, StoreImage image) {
        caches.published(gateway, image);
    }

    public void gatewayGone(String gateway) {
        caches.gone(gateway);
    }

    /** A watch through a bus door begins. @param watcher names this one watch, unlike any before */
    public void watchOpened(String watcher, WatchRequest request) {
        watches.opened(watcher, request);
    }

    /** One call of a watch's sink. */
    public void watchDelivered(String watcher, List<WatchEvent> events) {
        watches.delivered(watcher, events);
    }

    /** A watch is over, by its gateway or its client. */
    public void watchEnded(String watcher, boolean expired) {
        watches.ended(watcher, expired);
    }

    /** A replica has applied the log's entry at an index. @param digest of all its tables then */
    public void replicaApplied(String replica, long index, long digest) {
        replicas.applied(replica, index, digest);
    }

    public void replicaGone(String replica) {
        replicas.gone(replica);
    }

    /** The faults have stopped, everybody is there again, and the time to settle has passed. */
    public void settled() {
        replicas.settled();
        caches.settled();
        watches.settled();
        for (Invariant invariant : invariants) {
            invariant.settled(truth);
        }
    }
}
