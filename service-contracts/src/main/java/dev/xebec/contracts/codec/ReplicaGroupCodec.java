package dev.xebec.contracts.codec;

import dev.xebec.contracts.state.ReplicaGroup;
import java.util.List;
import java.util.Optional;

/** The replicas of a store as bytes. */
public final class ReplicaGroupCodec {
    private static final ReplicaGroup.Kind[] KINDS = ReplicaGroup.Kind.values();
    private static final ReplicaGroup.Phase[] PHASES = ReplicaGroup.Phase.values();

    private ReplicaGroupCodec() {}

    public static void write(ByteWriter out, ReplicaGroup group) {
        out.utf8(group.leader()).varint(group.term()).signed(group.committed());
        out.list(group.replicas(), ReplicaGroupCodec::replica);
        out.list(group.change().stream().toList(), ReplicaGroupCodec::change);
    }

    public static ReplicaGroup read(ByteReader in) {
        String leader = in.utf8();
        long term = in.varint();
        long committed = in.signed();
        List<ReplicaGroup.Replica> replicas = in.list(ReplicaGroupCodec::replica);
        List<ReplicaGroup.Change> changes = in.list(ReplicaGroupCodec::change);
        return new ReplicaGroup(leader, term, committed, replicas,
                changes.isEmpty() ? Optional.empty() : Optional.of(changes.getFirst()));
    }

    private static void replica(ByteWriter out, ReplicaGroup.Replica replica) {
        out.utf8(replica.name()).utf8(replica.address()).varint(replica.behind()).varint(replica.silentMillis());
        out.bool(replica.live());
    }

    private static ReplicaGroup.Replica replica(ByteReader in) {
        return new ReplicaGroup.Replica(in.utf8(), in.utf8(), in.varint(), in.varint(), in.bool());
    }

    private static void change(ByteWriter out, ReplicaGroup.Change change) {
        out.u8(change.kind().ordinal()).utf8(change.name()).utf8(change.address());
        out.u8(change.phase().ordinal()).varint(change.behind()).utf8(change.detail());
    }

    private static ReplicaGroup.Change change(ByteReader in) {
        return new ReplicaGroup.Change(in.constant(KINDS), in.utf8(), in.utf8(), in.constant(PHASES), in.varint(),
                in.utf8());
    }
}
