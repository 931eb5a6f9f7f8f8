package dev.xebec.state.etcd;

import io.etcd.jetcd.Lease;
import java.time.Duration;
import java.time.InstantSource;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/** Leases that end when keys expire: one for all keys that expire within the same stretch of time. Thread-safe. */
final class Leases {
    private final Lease lease;
    private final EtcdCalls calls;
    private final InstantSource clock;
    private final long stretch;
    /** By the end of their stretch. */
    private final TreeMap<Long, Long> granted = new TreeMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    Leases(Lease lease, EtcdCalls calls, InstantSource clock, Duration stretch) {
        this.lease = lease;
        this.calls = calls;
        this.clock = clock;
        this.stretch = stretch.toMillis();
    }

    /** A lease that ends no sooner than that, and at most a stretch later. */
    long until(long expiresAtEpochMillis) {
        long now = clock.millis();
        long end = Math.ceilDiv(Math.max(expiresAtEpochMillis, now), stretch) * stretch;
        boolean due = expiresAtEpochMillis <= now;
        lock.lock();
        try {
            granted.headMap(now - stretch).clear();
            Long known = due ? null : granted.get(end);
            if (known != null) {
                return known;
            }
            long seconds = due ? 1 : Math.max(1, Math.ceilDiv(end - now, 1_000));
            long id = calls.await(lease.grant(seconds)).getID();
            if (!due) {
                granted.put(end, id);
            }
            return id;
        } finally {
            lock.unlock();
        }
    }

    /** Some lease ended before its time: none is taken for granted any more. */
    void forget() {
        lock.lock();
        try {
            granted.clear();
        } finally {
            lock.unlock();
        }
    }
}
