package dev.xebec.kit.member;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.codec.ByteReader;
import dev.xebec.contracts.codec.ByteWriter;
import dev.xebec.contracts.codec.MemberCodec;
import dev.xebec.contracts.member.Member;
import java.util.List;

/**
 * What one process says of its services, whole each time.
 *
 * @param source random per start of the process
 * @param node the cluster's id of it; empty outside of a cluster
 * @param goodbye the process stops
 */
record Heartbeat(long source, String node, String process, boolean goodbye, List<Member> members) {
    private static final int FORMAT = 1;

    Bytes encode() {
        return new ByteWriter(256).u8(FORMAT).fixed64(source).utf8(node).utf8(process).bool(goodbye)
                .list(members, MemberCodec::member).finish();
    }

    static Heartbeat decode(Bytes bytes) {
        ByteReader in = new ByteReader(bytes).version(FORMAT, "a member's heartbeat");
        Heartbeat heartbeat = new Heartbeat(in.fixed64(), in.utf8(), in.utf8(), in.bool(),
                in.list(MemberCodec::member));
        in.finish();
        return heartbeat;
    }
}
