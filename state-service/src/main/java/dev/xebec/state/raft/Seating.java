package dev.xebec.state.raft;

import dev.xebec.state.transport.Ear;
import java.io.IOException;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.LeaderElectionManagementRequest;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a replica stands for election only while it is one of the group's. Ratis would end a replica that finds itself removed;
 * so it asks for no votes any more, disturbs nobody, and is there to be added again.
 */
final class Seating implements Ear {
    private static final Logger LOG = LoggerFactory.getLogger(Seating.class);
    /** A leader that has not been heard for so long is not at work on this replica. */
    private static final long SILENCE_NANOS = 3_000_000_000L;
    private static final long NEVER = -1;

    private final String name;
    private volatile @Nullable Chair chair;
    private volatile boolean toldRemoved;
    private volatile boolean standing = true;
    private volatile long heardCommitted = NEVER;
    private volatile long heardNanos = System.nanoTime() - SILENCE_NANOS;

    private record Chair(RaftServer server, RaftServer.Division division) {}

    Seating(String name) {
        this.name = name;
    }

    void attach(RaftServer server, RaftServer.Division division) {
        chair = new Chair(server, division);
        settle();
    }

    @Override
    public void heard(long committed, boolean regrouped) {
        heardCommitted = Math.max(heardCommitted, committed);
        heardNanos = System.nanoTime();
        if (toldRemoved || regrouped) {
            toldRemoved = false;
            settle();
        }
    }

    @Override
    public void removed() {
        if (!toldRemoved) {
            LOG.warn("State replica {} was removed from the group", name);
        }
        toldRemoved = true;
        settle();
    }

    /** Whether a leader was heard lately. */
    boolean hearsALeader() {
        return System.nanoTime() - heardNanos < SILENCE_NANOS;
    }

    /** The newest entry that any leader has told to be committed. */
    long heardCommitted() {
        return heardCommitted;
    }

    /** Whether this replica's vote counts, as far as it knows. */
    boolean votes() {
        Chair now = chair;
        return now != null && !toldRemoved && now.division().getRaftConf().getCurrentPeers().stream()
                .anyMatch(peer -> peer.getId().toString().equals(name));
    }

    /** To be called now and then too: the group may also change by a snapshot, or when entries are taken back. */
    void settle() {
        Chair now = chair;
        boolean stands = votes();
        if (now == null || stands == standing
                || now.division().getInfo().getLifeCycleState() != LifeCycle.State.RUNNING) {
            return;
        }
        RaftServer server = now.server();
        ClientId client = ClientId.randomId();
        try {
            LeaderElectionManagementRequest request = stands
                    ? LeaderElectionManagementRequest.newResume(client, server.getId(), Consensus.GROUP, 0)
                    : LeaderElectionManagementRequest.newPause(client, server.getId(), Consensus.GROUP, 0);
            if (server.leaderElectionManagement(request).isSuccess()) {
                standing = stands;
                LOG.info("State replica {} {}", name,
                        stands ? "stands for election" : "is none of the group's and stands for no election");
            }
        } catch (IOException e) {
            LOG.debug("{} cannot change now whether it stands for election: {}", name, e.getMessage());
        }
    }
}
