package dev.xebec.state.raft;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.NotLeaderException;
import dev.xebec.state.machine.Applied;
import dev.xebec.state.machine.Entry;
import dev.xebec.state.transport.PeerRpcType;
import dev.xebec.state.transport.TransportConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientAsynchronousProtocol;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SnapshotManagementRequest;
import org.apache.ratis.protocol.exceptions.RaftException;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;

/** This replica's seat in the Raft group: who leads, and the way into the log when it is this one. */
final class Consensus implements AutoCloseable {
    static final RaftGroupId GROUP = RaftGroupId
            .valueOf(UUID.nameUUIDFromBytes("xebec/main".getBytes(StandardCharsets.UTF_8)));
    /** Taking a snapshot of a flushed database is hard links; installing one may stand before it. */
    private static final Duration SNAPSHOT_PATIENCE = Duration.ofSeconds(30);

    private final RaftServer server;
    private final RaftServer.Division division;
    private final RaftPeerId self;
    private final ClientId client = ClientId.randomId();
    private final AtomicLong calls = new AtomicLong();
    private final Observer observer;
    private final Seating seating;
    private final GroupMembers members;

    private Consensus(RaftServer server, RaftServer.Division division, RaftPeerId self, Observer observer,
            Seating seating, GroupMembers members) {
        this.seating = seating;
        this.members = members;
        this.server = server;
        this.division = division;
        this.self = self;
        this.observer = observer;
    }

    /** Starts; does not wait for other replicas. */
    static Consensus start(RaftConfig config, ReplicatedMachine machine, Observer observer) throws IOException {
        Path storage = config.directory().resolve("raft");
        Files.createDirectories(storage);
        RaftProperties properties = RatisSettings.of(config, storage);
        RaftGroup group = RaftGroup.valueOf(GROUP, config.first().stream().map(Consensus::ratisPeer).toList());
        boolean known = Files.isDirectory(storage.resolve(GROUP.getUuid().toString()).resolve("current"));
        RaftPeerId self = RaftPeerId.valueOf(config.name());
        Seating seating = new Seating(config.name());
        TransportConfig transport = config.transport(seating);
        RaftServer server = RaftServer.newBuilder().setServerId(self).setGroup(group).setStateMachine(machine)
                .setProperties(properties).setParameters(PeerRpcType.parameters(transport))
                .setOption(known ? RaftStorage.StartupOption.RECOVER : RaftStorage.StartupOption.FORMAT).build();
        server.start();
        RaftServer.Division division = server.getDivision(GROUP);
        seating.attach(server, division);
        return new Consensus(server, division, self, observer, seating,
                new GroupMembers(server, division, transport));
    }

    private static RaftPeer ratisPeer(Peer peer) {
        return RaftPeer.newBuilder().setId(peer.name()).setAddress(peer.address()).build();
    }

    /** The leader's name; empty where none is known. */
    String leader() {
        RaftPeerId leader = division.getInfo().getLeaderId();
        return leader == null ? "" : leader.toString();
    }

    /** Leads, and has applied all that was acknowledged before it did. */
    boolean leads() {
        DivisionInfo info = division.getInfo();
        return info.isLeader() && info.isLeaderReady();
    }

    long term() {
        return division.getInfo().getCurrentTerm();
    }

    /** The last entry that is known here to be committed. */
    long committedIndex() {
        return division.getRaftLog().getLastCommittedIndex();
    }

    /** Entries that are known to be committed and not applied here, whether they are in the log here or not. */
    long backlog() {
        return Math.max(committedIndex(), seating.heardCommitted()) - division.getInfo().getLastAppliedIndex();
    }

    Voters voters() {
        return members.voters();
    }

    Seating seating() {
        return seating;
    }

    GroupMembers members() {
        return members;
    }

    /** For a {@link LogWatch}. */
    LogWatch.Log log() {
        return new LogWatch.Log() {
            @Override
            public boolean open() {
                seating.settle();
                return division.getInfo().isAlive();
            }

            @Override
            public long taken() {
                return division.getRaftLog().getNextIndex() - 1;
            }

            @Override
            public long written() {
                return division.getRaftLog().getFlushIndex();
            }

            @Override
            public long committed() {
                return division.getRaftLog().getLastCommittedIndex();
            }

            @Override
            public long applied() {
                return division.getInfo().getLastAppliedIndex();
            }
        };
    }

    /**
     * Puts an entry into the log and waits until it is applied here. {@link NotLeaderException} when another leads, also
     * when this replica stepped down with the entry under way; it, and any other {@link UnavailableException}, leaves open
     * whether the entry will be applied.
     */
    Applied submit(Entry entry, Duration deadline) {
        long start = System.nanoTime();
        Applied applied = await(submit(entry), deadline);
        observer.committed(System.nanoTime() - start);
        return applied;
    }

    CompletableFuture<RaftClientReply> submit(Entry entry) {
        RaftClientRequest request = RaftClientRequest.newBuilder().setClientId(client).setServerId(self)
                .setGroupId(GROUP).setCallId(calls.incrementAndGet()).setMessage(Submission.of(entry))
                .setType(RaftClientRequest.writeRequestType()).build();
        try {
            // The division, not the server: the server's method hops to an executor and blocks the caller.
            return ((RaftClientAsynchronousProtocol) division).submitClientRequestAsync(request);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    Applied await(CompletableFuture<RaftClientReply> submitted, Duration deadline) {
        try {
            return outcome(submitted.get(Math.max(0, deadline.toNanos()), TimeUnit.NANOSECONDS)).applied();
        } catch (TimeoutException e) {
            throw new UnavailableException("no majority of the state replicas answered in " + deadline.toMillis()
                    + " ms", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new UnavailableException("the log took no entry: " + cause.getMessage(), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while an entry was under way", e);
        }
    }

    /** What became of an entry; throws as {@link #submit(Entry, Duration)} does. */
    Reply outcome(RaftClientReply reply) {
        if (reply.isSuccess()) {
            return (Reply) reply.getMessage();
        }
        if (reply.getNotLeaderException() != null) {
            RaftPeer suggested = reply.getNotLeaderException().getSuggestedLeader();
            throw new NotLeaderException(suggested == null ? "" : suggested.getId().toString());
        }
        RaftException why = reply.getException();
        throw new UnavailableException("the log took no entry: " + (why == null ? reply : why.getMessage()));
    }

    /** Cuts the log at a new snapshot; returns when it is there. */
    void snapshot() {
        SnapshotManagementRequest request = SnapshotManagementRequest.newCreate(client, self, GROUP,
                calls.incrementAndGet(), SNAPSHOT_PATIENCE.toMillis());
        try {
            RaftClientReply reply = server.snapshotManagement(request);
            if (!reply.isSuccess()) {
                throw new UnavailableException("no snapshot: " + reply.getException());
            }
        } catch (IOException e) {
            throw new UnavailableException("no snapshot: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the Raft server did not close", e);
        }
    }
}
