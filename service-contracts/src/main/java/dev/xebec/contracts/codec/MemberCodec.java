package dev.xebec.contracts.codec;

import dev.xebec.contracts.member.Member;
import java.time.Instant;

/** What a member says of itself, as bytes: a few dozen, three times a second. */
public final class MemberCodec {
    private MemberCodec() {}

    public static void member(ByteWriter out, Member member) {
        out.utf8(member.role()).utf8(member.process()).fixed64(member.incarnation()).varint(member.pid());
        out.utf8(member.address()).signed(member.startedAt().toEpochMilli());
        out.bool(member.ready()).bool(member.leader()).varint(member.revision()).varint(member.sharePercent());
    }

    public static Member member(ByteReader in) {
        return new Member(in.utf8(), in.utf8(), in.fixed64(), in.varint(), in.utf8(), Instant.ofEpochMilli(in.signed()),
                in.bool(), in.bool(), in.varint(), in.varint32());
    }
}
