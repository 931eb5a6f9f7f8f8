package dev.xebec.kit.bus;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** One member's bus as this one knows it: where it is, what it serves, and what is waiting for it. Thread-safe. */
final class Peer {
    private final String bus;
    private final String node;
    private final ConcurrentMap<String, Long> avoidedUntilNanos = new ConcurrentHashMap<>();
    private final Set<CompletableFuture<Frame>> pending = ConcurrentHashMap.newKeySet();
    private volatile Offer offer = Offer.NOTHING;
    private volatile Word word = Word.NONE;
    private volatile long heardNanos;
    private volatile boolean silent;

    Peer(String bus, String node, long nowNanos) {
        this.bus = bus;
        this.node = node;
        heardNanos = nowNanos;
    }

    /** Random, new at each start. */
    String bus() {
        return bus;
    }

    /** The cluster's id of the member; empty in a cluster of one process. */
    String node() {
        return node;
    }

    Offer offer() {
        return offer;
    }

    void offer(Offer newer) {
        offer = newer;
    }

    Word word() {
        return word;
    }

    void word(Word newer) {
        word = newer;
    }

    void heard(long nowNanos) {
        heardNanos = nowNanos;
        silent = false;
    }

    long silentNanos(long nowNanos) {
        return nowNanos - heardNanos;
    }

    boolean silent() {
        return silent;
    }

    void fellSilent() {
        silent = true;
    }

    void avoid(String address, long untilNanos) {
        avoidedUntilNanos.put(address, untilNanos);
    }

    void unavoid(String address) {
        if (!avoidedUntilNanos.isEmpty()) {
            avoidedUntilNanos.remove(address);
        }
    }

    boolean avoided(String address, long nowNanos) {
        Long until = avoidedUntilNanos.isEmpty() ? null : avoidedUntilNanos.get(address);
        return until != null && until - nowNanos > 0;
    }

    void await(CompletableFuture<Frame> answer) {
        pending.add(answer);
    }

    void awaited(CompletableFuture<Frame> answer) {
        pending.remove(answer);
    }

    /** Answers everything that waits for a member that is no more. */
    void giveUp(String reason) {
        for (CompletableFuture<Frame> answer : pending) {
            answer.complete(Frame.unavailable(reason));
        }
    }
}
