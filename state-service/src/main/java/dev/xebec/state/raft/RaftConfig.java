package dev.xebec.state.raft;

import dev.xebec.state.replica.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How one replica takes part in the group.
 *
 * @param name which of {@code peers} this is
 * @param directory its log, state and snapshots; one process at a time
 * @param electionMin shortest silence of the leader before an election
 * @param electionMax longest
 * @param syncs whether a write is on disk before it is acknowledged; false only for tests
 * @param snapshotEntries log entries after which the log is cut at a new snapshot
 * @param snapshotBytes bytes of log entries after which it is cut
 * @param patience how long a call looks for a leader, and waits for its answer, before it gives up
 */
public record RaftConfig(String name, Path directory, List<Peer> peers, Duration electionMin, Duration electionMax,
        boolean syncs, Retention retention, int snapshotEntries, long snapshotBytes, Duration patience) {
    private static final Duration ELECTION_MIN = Duration.ofMillis(300);
    private static final Duration ELECTION_MAX = Duration.ofMillis(600);
    private static final int SNAPSHOT_ENTRIES = 100_000;
    private static final long SNAPSHOT_BYTES = 64L * 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    public RaftConfig {
        if (peers.stream().filter(peer -> peer.name().equals(name)).count() != 1) {
            throw new IllegalArgumentException(name + " is not one of the peers " + peers);
        }
        if (electionMin.compareTo(electionMax) > 0 || !electionMin.isPositive()) {
            throw new IllegalArgumentException("election timeouts of " + electionMin + " to " + electionMax);
        }
        peers = List.copyOf(peers);
    }

    /** What suits a cluster on one machine or in one datacenter. */
    public static RaftConfig of(String name, Path directory, List<Peer> peers) {
        return new RaftConfig(name, directory, peers, ELECTION_MIN, ELECTION_MAX, true, Retention.DEFAULT,
                SNAPSHOT_ENTRIES, SNAPSHOT_BYTES, PATIENCE);
    }

    public RaftConfig withElection(Duration min, Duration max) {
        return new RaftConfig(name, directory, peers, min, max, syncs, retention, snapshotEntries, snapshotBytes,
                patience);
    }

    public RaftConfig withRetention(Retention kept) {
        return new RaftConfig(name, directory, peers, electionMin, electionMax, syncs, kept, snapshotEntries,
                snapshotBytes, patience);
    }

    public RaftConfig withSnapshots(int entries, long bytes) {
        return new RaftConfig(name, directory, peers, electionMin, electionMax, syncs, retention, entries, bytes,
                patience);
    }

    public RaftConfig withSyncs(boolean on) {
        return new RaftConfig(name, directory, peers, electionMin, electionMax, on, retention, snapshotEntries,
                snapshotBytes, patience);
    }

    public RaftConfig withPatience(Duration limit) {
        return new RaftConfig(name, directory, peers, electionMin, electionMax, syncs, retention, snapshotEntries,
                snapshotBytes, limit);
    }

    Peer self() {
        return peers.stream().filter(peer -> peer.name().equals(name)).findFirst().orElseThrow();
    }

    boolean alone() {
        return peers.size() == 1;
    }
}
