package dev.xebec.state.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotReplyProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionReplyProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.rpc.RpcType;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerRpc;
import org.apache.ratis.thirdparty.com.google.protobuf.MessageLite;
import org.apache.ratis.thirdparty.com.google.protobuf.Parser;
import org.jspecify.annotations.Nullable;

/** Ratis' calls between replicas, which block their callers: only what replicas ask each other is served, nothing for clients. */
final class PeerRpc implements RaftServerRpc {
    private static final int VOTE = 1;
    private static final int APPEND = 2;
    private static final int SNAPSHOT = 3;
    private static final int ELECT = 4;
    private static final int DONE = 0;
    private static final int FAILED = 1;
    /** Far above a slow disk's sync. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** The last chunk of a snapshot is answered when the snapshot is in place. */
    private static final Duration SNAPSHOT_PATIENCE = Duration.ofSeconds(60);

    private final RaftServer server;
    private final TransportConfig config;
    private final Map<String, Links> peers = new ConcurrentHashMap<>();
    private volatile @Nullable Wire wire;
    private volatile @Nullable Door door;

    PeerRpc(RaftServer server, TransportConfig config) {
        this.server = server;
        this.config = config;
    }

    @Override
    public RpcType getRpcType() {
        return new PeerRpcType();
    }

    @Override
    public void start() throws IOException {
        if (!config.host().isEmpty()) {
            InetAddress host = config.resolver().resolve(config.host()).getFirst();
            door = Door.open(wire(), server.getId().toString(), new InetSocketAddress(host, config.port()),
                    this::answer);
        }
    }

    /** Read when it is needed first: a replica that is alone has no certificate. */
    private Wire wire() throws IOException {
        Wire known = wire;
        if (known == null) {
            known = Wire.of(config.tls());
            wire = known;
        }
        return known;
    }

    @Override
    public InetSocketAddress getInetSocketAddress() {
        Door open = door;
        try {
            return open == null
                    ? InetSocketAddress.createUnresolved(config.host(), config.port())
                    : open.address();
        } catch (IOException e) {
            throw new IllegalStateException("the replica does not listen any more", e);
        }
    }

    @Override
    public void addRaftPeers(Collection<RaftPeer> added) {
        for (RaftPeer peer : added) {
            String name = peer.getId().toString();
            Links known = peers.get(name);
            if (known != null && peer.getAddress() != null) {
                known.look(addresses(name, peer.getAddress()));
            } else if (peer.getAddress() != null) {
                try {
                    peers.put(name, new Links(wire(), new Hello(server.getId().toString(), name), config.resolver(),
                            addresses(name, peer.getAddress())));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /** What the log says, then what is configured: either may be the newer one. */
    private List<Links.Address> addresses(String name, String logged) {
        List<Links.Address> addresses = new ArrayList<>(List.of(Links.Address.parse(logged)));
        String configured = config.places().get(name);
        if (configured != null && !configured.equals(logged)) {
            addresses.add(Links.Address.parse(configured));
        }
        return addresses;
    }

    @Override
    public void handleException(RaftPeerId peer, Exception e, boolean reconnect) {
        // A connection that failed is gone already.
    }

    @Override
    public RequestVoteReplyProto requestVote(RequestVoteRequestProto request) throws IOException {
        RequestVoteReplyProto reply = call(request.getServerRequest(), VOTE, request, PATIENCE,
                RequestVoteReplyProto.parser());
        if (!reply.getShouldShutdown()) {
            return reply;
        }
        // Ratis would end this replica; it is to stay, without a vote, until it is added again or stopped.
        config.ear().removed();
        return reply.toBuilder().setShouldShutdown(false).build();
    }

    @Override
    public AppendEntriesReplyProto appendEntries(AppendEntriesRequestProto request) throws IOException {
        return call(request.getServerRequest(), APPEND, request, PATIENCE, AppendEntriesReplyProto.parser());
    }

    @Override
    public InstallSnapshotReplyProto installSnapshot(InstallSnapshotRequestProto request) throws IOException {
        return call(request.getServerRequest(), SNAPSHOT, request, SNAPSHOT_PATIENCE,
                InstallSnapshotReplyProto.parser());
    }

    @Override
    public StartLeaderElectionReplyProto startLeaderElection(StartLeaderElectionRequestProto request)
            throws IOException {
        return call(request.getServerRequest(), ELECT, request, PATIENCE, StartLeaderElectionReplyProto.parser());
    }

    private <M> M call(RaftRpcRequestProto header, int kind, MessageLite request, Duration patience, Parser<M> parser)
            throws IOException {
        String name = header.getReplyId().toStringUtf8();
        Links links = peers.get(name);
        if (links == null) {
            throw new IOException("no replica " + name + " is known");
        }
        Frames.Frame answer = links.call(kind, request, patience);
        if (answer.kind() != DONE) {
            throw new IOException(name + " answered: " + answer.text());
        }
        return answer.parse(parser);
    }

    private void answer(Frames.Frame call, Frames frames) throws IOException {
        MessageLite answer;
        try {
            answer = switch (call.kind()) {
                case VOTE -> server.requestVote(call.parse(RequestVoteRequestProto.parser()));
                case APPEND -> append(call.parse(AppendEntriesRequestProto.parser()));
                case SNAPSHOT -> server.installSnapshot(call.parse(InstallSnapshotRequestProto.parser()));
                case ELECT -> server.startLeaderElection(call.parse(StartLeaderElectionRequestProto.parser()));
                default -> throw new IOException("no call of kind " + call.kind());
            };
        } catch (IOException e) {
            frames.write(FAILED, String.valueOf(e.getMessage()));
            return;
        }
        frames.write(DONE, answer);
    }

    private AppendEntriesReplyProto append(AppendEntriesRequestProto request) throws IOException {
        AppendEntriesReplyProto reply = server.appendEntries(request);
        if (reply.getResult() != AppendEntriesReplyProto.AppendResult.NOT_LEADER) {
            config.ear().heard(request.getLeaderCommit(),
                    request.getEntriesList().stream().anyMatch(LogEntryProto::hasConfigurationEntry));
        }
        return reply;
    }

    @Override
    public void close() throws IOException {
        Door open = door;
        if (open != null) {
            open.close();
        }
        peers.values().forEach(Links::close);
    }
}
