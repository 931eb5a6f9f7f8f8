package dev.xebec.simulator.check;

import java.util.TreeMap;

/** Replicas that have applied the log up to one index hold the same tables, whenever and however often they did. */
final class ReplicaAgreement {
    private static final String NAME = "replica-tables";
    /** Indexes whose digests are kept; a replica that comes later with an older one is not compared. */
    private static final int KEPT = 50_000;

    private final TreeMap<Long, First> firsts = new TreeMap<>();
    private final TreeMap<String, Long> newest = new TreeMap<>();

    private record First(String replica, long digest) {}

    void applied(String replica, long index, long digest) {
        newest.put(replica, index);
        First first = firsts.putIfAbsent(index, new First(replica, digest));
        if (first != null && first.digest() != digest) {
            throw new Violation(NAME, 0, "equal tables at index " + index + ": " + first.replica() + " has digest "
                    + Long.toHexString(first.digest()), replica + " has " + Long.toHexString(digest));
        }
        if (firsts.size() > KEPT) {
            firsts.pollFirstEntry();
        }
    }

    /** Everybody has applied the whole log. */
    void settled() {
        if (newest.values().stream().distinct().count() > 1) {
            throw new Violation(NAME, 0, "all replicas have applied the same", newest.toString());
        }
    }

    /** A replica is no more. */
    void gone(String replica) {
        newest.remove(replica);
    }
}
