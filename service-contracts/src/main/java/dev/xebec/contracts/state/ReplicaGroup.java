package dev.xebec.contracts.state;

import java.util.List;
import java.util.Optional;

/**
 * The replicas of a store and how far they are, as their leader knows it.
 *
 * @param leader who says so
 * @param committed the log's newest committed entry
 * @param replicas those whose votes count, by name
 * @param change the last change of them under this leader
 */
public record ReplicaGroup(String leader, long term, long committed, List<Replica> replicas, Optional<Change> change) {

    public ReplicaGroup {
        replicas = List.copyOf(replicas);
    }

    /**
     * @param address {@code HOST:PORT} where the others reach it
     * @param behind entries that are committed and that it has not told to have
     * @param silentMillis for how long it has not answered the leader
     * @param live whether it answers
     */
    public record Replica(String name, String address, long behind, long silentMillis, boolean live) {}

    /** What is done to a replica. */
    public enum Kind {
        ADD, REMOVE, MOVE
    }

    /** How far a change is. */
    public enum Phase {
        RUNNING, DONE, FAILED
    }

    /**
     * @param address where an added or moved replica is; empty for a removed one
     * @param behind entries that it has yet to get before its vote counts
     * @param detail why it failed
     */
    public record Change(Kind kind, String name, String address, Phase phase, long behind, String detail) {}

    public Optional<Replica> replica(String name) {
        return replicas.stream().filter(replica -> replica.name().equals(name)).findFirst();
    }
}
