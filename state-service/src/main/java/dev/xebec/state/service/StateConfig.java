package dev.xebec.state.service;

import dev.xebec.state.raft.Peer;
import dev.xebec.state.raft.RaftConfig;
import dev.xebec.state.replica.Retention;
import dev.xebec.state.transport.PeerTls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The state service's configuration.
 *
 * @param replica this replica's name, one of the peers' and the same for ever
 * @param directory its log and state; by convention {@code <data>/state/<replica>}
 * @param peers all replicas of the group, this one too; one, three or five
 * @param electionMin shortest silence of the leader before an election
 * @param electionMax longest
 * @param syncs whether a write is on disk before it is acknowledged; false only for tests
 * @param access how the replicas reach each other
 */
public record StateConfig(String replica, Path directory, List<Peer> peers, Duration electionMin, Duration electionMax,
        Retention retention, boolean syncs, RaftConfig.Access access) {

    /** Elections after 300 to 600 ms of silence, five minutes or 100,000 revisions of history, synced. */
    public static StateConfig of(String replica, Path directory, List<Peer> peers) {
        RaftConfig defaults = RaftConfig.of(replica, directory, peers);
        return new StateConfig(replica, directory, peers, defaults.electionMin(), defaults.electionMax(),
                defaults.retention(), defaults.syncs(), defaults.access());
    }

    /** The same for replicas in other processes: over mutual TLS, heard on {@code host} only. */
    public StateConfig over(String host, PeerTls tls) {
        return new StateConfig(replica, directory, peers, electionMin, electionMax, retention, syncs,
                RaftConfig.Access.over(host, tls));
    }

    /** The same for a replica that waits to be added to the others. */
    public StateConfig joining() {
        return new StateConfig(replica, directory, peers, electionMin, electionMax, retention, syncs,
                access.joining());
    }

    RaftConfig raft() {
        return RaftConfig.of(replica, directory, peers).withElection(electionMin, electionMax)
                .withRetention(retention).withSyncs(syncs).withAccess(access);
    }
}
