package dev.xebec.state.raft;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.ReplicaGroup;
import dev.xebec.state.transport.TransportConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.ratis.proto.RaftProtos.CommitInfoProto;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.protocol.exceptions.ReconfigurationTimeoutException;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;

/** The group's replicas as Ratis knows them on this one, and Ratis' ways to change them while this one leads. */
final class GroupMembers implements Regrouping.Group {
    /** A replica that has not answered for so long is taken for down. */
    private static final long SILENCE_MILLIS = 3_000;

    private final RaftServer server;
    private final RaftServer.Division division;
    private final TransportConfig transport;
    private final ClientId client = ClientId.randomId();
    private final AtomicLong calls = new AtomicLong();

    GroupMembers(RaftServer server, RaftServer.Division division, TransportConfig transport) {
        this.server = server;
        this.division = division;
        this.transport = transport;
    }

    Voters voters() {
        RaftConfiguration conf = division.getRaftConf();
        return new Voters(names(conf.getCurrentPeers().stream()), names(conf.getPreviousPeers().stream()));
    }

    private static Set<String> names(Stream<RaftPeer> peers) {
        return peers.map(peer -> peer.getId().toString()).collect(Collectors.toSet());
    }

    @Override
    public boolean changing() {
        return voters().changing();
    }

    @Override
    public ReplicaGroup view() {
        String self = server.getId().toString();
        long committed = division.getRaftLog().getLastCommittedIndex();
        Map<String, Long> reached = new HashMap<>();
        for (CommitInfoProto info : division.getCommitInfos()) {
            reached.put(info.getServer().getId().toStringUtf8(), info.getCommitIndex());
        }
        Map<String, Long> silent = new HashMap<>();
        Map<String, String> addresses = new HashMap<>();
        for (ServerRpcProto follower : division.getInfo().getRoleInfoProto().getLeaderInfo().getFollowerInfoList()) {
            String name = follower.getId().getId().toStringUtf8();
            silent.put(name, follower.getLastRpcElapsedTimeMs());
            // A replica that is being added is none of the configuration's yet.
            addresses.put(name, follower.getId().getAddress());
        }
        RaftConfiguration conf = division.getRaftConf();
        Stream.concat(conf.getPreviousPeers().stream(), conf.getCurrentPeers().stream())
                .forEach(peer -> addresses.put(peer.getId().toString(), peer.getAddress()));
        List<ReplicaGroup.Replica> replicas = new ArrayList<>();
        addresses.forEach((name, address) -> {
            long quiet = name.equals(self) ? 0 : silent.getOrDefault(name, Long.MAX_VALUE);
            replicas.add(new ReplicaGroup.Replica(name, address,
                    name.equals(self) ? 0 : Math.max(0, committed - reached.getOrDefault(name, -1L)), quiet,
                    quiet < SILENCE_MILLIS));
        });
        replicas.sort(Comparator.comparing(ReplicaGroup.Replica::name));
        return new ReplicaGroup(self, division.getInfo().getCurrentTerm(), committed, replicas,
                Optional.empty());
    }

    @Override
    public String absence(String name, String address) {
        try {
            transport.reach(server.getId().toString(), name, address);
            return "";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Override
    public void replace(List<Peer> replicas) {
        RaftConfiguration conf = division.getRaftConf();
        // Ratis sees no change in an address alone; equal priorities mean nothing, so they tell it of one.
        int priority = 1 + conf.getCurrentPeers().stream().mapToInt(RaftPeer::getPriority).max().orElse(0);
        List<RaftPeer> next = replicas.stream().map(peer -> RaftPeer.newBuilder().setId(peer.name())
                .setAddress(peer.address()).setPriority(priority).build()).toList();
        SetConfigurationRequest request = new SetConfigurationRequest(client, server.getId(), Consensus.GROUP,
                calls.incrementAndGet(), SetConfigurationRequest.Arguments.newBuilder().setServersInNewConf(next)
                        .setServersInCurrentConf(List.copyOf(conf.getCurrentPeers()))
                        .setMode(SetConfigurationRequest.Mode.COMPARE_AND_SET).build());
        try {
            requireSuccess(server.setConfigurationAsync(request).get());
        } catch (IOException | ExecutionException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while the replicas were changed", e);
        }
    }

    @Override
    public void transfer(String to, Duration patience) {
        try {
            CompletableFuture<RaftClientReply> done = server.transferLeadershipAsync(
                    new TransferLeadershipRequest(client, server.getId(), Consensus.GROUP, calls.incrementAndGet(),
                            RaftPeerId.valueOf(to), patience.toMillis()));
            requireSuccess(done.get(2 * patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (IOException | ExecutionException e) {
            throw failed(e);
        } catch (TimeoutException e) {
            throw new UnavailableException("it took longer than " + patience.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while leadership was handed over", e);
        }
    }

    private static void requireSuccess(RaftClientReply reply) {
        if (!reply.isSuccess()) {
            throw failed(reply.getException() == null ? new IOException(reply.toString()) : reply.getException());
        }
    }

    private static UnavailableException failed(Throwable thrown) {
        Throwable why = thrown instanceof ExecutionException && thrown.getCause() != null
                ? thrown.getCause()
                : thrown;
        return new UnavailableException(why instanceof ReconfigurationTimeoutException
                ? "it did not catch up with the others, because it stopped answering; the replicas are as before"
                : String.valueOf(why.getMessage()), why);
    }
}
