package dev.xebec.kit.member;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.codec.ByteReader;
import dev.xebec.contracts.codec.ByteWriter;
import dev.xebec.contracts.codec.MemberCodec;
import dev.xebec.contracts.member.Member;
import java.util.List;

/** What one process says of its services, whole each time; the bus's heartbeats carry it. */
record Heartbeat(String process, List<Member> members) {
    /** 1 travelled by itself, and said from which node. */
    private static final int FORMAT = 2;

    Bytes encode() {
        return new ByteWriter(256).u8(FORMAT).utf8(process).list(members, MemberCodec::member).finish();
    }

    static Heartbeat decode(Bytes bytes) {
        ByteReader in = new ByteReader(bytes).version(FORMAT, "a member's heartbeat");
        Heartbeat heartbeat = new Heartbeat(in.utf8(), in.list(MemberCodec::member));
        in.finish();
        return heartbeat;
    }
}
