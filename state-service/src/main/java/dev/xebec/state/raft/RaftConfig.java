package dev.xebec.state.raft;

import dev.xebec.state.replica.Retention;
import dev.xebec.state.transport.Ear;
import dev.xebec.state.transport.PeerTls;
import dev.xebec.state.transport.Resolver;
import dev.xebec.state.transport.TransportConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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
 * @param access how it is reached by the others
 */
public record RaftConfig(String name, Path directory, List<Peer> peers, Duration electionMin, Duration electionMax,
        boolean syncs, Retention retention, int snapshotEntries, long snapshotBytes, Duration patience,
        Access access) {

    /**
     * How replicas reach each other.
     *
     * @param host address, or a name of it, on which this one listens, and on no other; empty for the host of its own peer
     * @param tls empty only in tests, and for a replica that is alone, which then listens to nobody
     * @param joins whether it is none of the first replicas: it waits to be added, and of {@code peers} only its own counts
     */
    public record Access(String host, Optional<PeerTls> tls, Resolver resolver, boolean joins) {
        static final Access PLAIN = new Access("", Optional.empty(), Resolver.SYSTEM, false);

        public static Access over(String host, PeerTls tls) {
            return new Access(host, Optional.of(tls), Resolver.SYSTEM, false);
        }

        /** The same for a replica that begins without a seat. */
        public Access joining() {
            return new Access(host, tls, resolver, true);
        }
    }

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
        // A native library is loaded from it, which takes no relative path.
        directory = directory.toAbsolutePath();
    }

    /** What suits a cluster on one machine or in one datacenter. */
    public static RaftConfig of(String name, Path directory, List<Peer> peers) {
        return new RaftConfig(name, directory, peers, ELECTION_MIN, ELECTION_MAX, true, Retention.DEFAULT,
                SNAPSHOT_ENTRIES, SNAPSHOT_BYTES, PATIENCE, Access.PLAIN);
    }

    public RaftConfig withElection(Duration min, Duration max) {
        return new RaftConfig(name, directory, peers, min, max, syncs, retention, snapshotEntries, snapshotBytes,
                patience, access);
    }

    public RaftConfig withRetention(Retention kept) {
        return new RaftConfig(name, directory, peers, electionMin, electionMax, syncs, kept, snapshotEntries,
                snapshotBytes, patience, access);
    }

    public RaftConfig withSnapshots(int entries, long bytes) {
        return new RaftConfig(name, directory, peers, electionMin, electionMax, syncs, retention, entries, bytes,
                patience, access);
    }

    public RaftConfig withSyncs(boolean on) {
        return new RaftConfig(name, directory, peers, electionMin, electionMax, on, retention, snapshotEntries,
                snapshotBytes, patience, access);
    }

    public RaftConfig withPatience(Duration limit) {
        return new RaftConfig(name, directory, peers, electionMin, electionMax, syncs, retention, snapshotEntries,
                snapshotBytes, limit, access);
    }

    public RaftConfig withAccess(Access how) {
        return new RaftConfig(name, directory, peers, electionMin, electionMax, syncs, retention, snapshotEntries,
                snapshotBytes, patience, how);
    }

    Peer self() {
        return peers.stream().filter(peer -> peer.name().equals(name)).findFirst().orElseThrow();
    }

    TransportConfig transport(Ear ear) {
        boolean heard = !alone() || access.joins() || access.tls().isPresent();
        String host = access.host().isEmpty() ? self().host() : access.host();
        return new TransportConfig(heard ? host : "", self().port(), access.tls(), access.resolver(), peers.stream()
                .collect(Collectors.toMap(Peer::name, Peer::address)), ear);
    }

    /** Who the replicas are until the log says something else. */
    List<Peer> first() {
        return access.joins() ? List.of() : peers;
    }

    boolean alone() {
        return peers.size() == 1;
    }
}
