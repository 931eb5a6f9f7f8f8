package dev.xebec.state.raft;

import dev.xebec.state.machine.Applied;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;

/** What an entry of this term did, handed within the leader's process from where it is applied to who submitted it; has no bytes. */
record Reply(Applied applied, long term) implements Message {
    @Override
    public ByteString getContent() {
        return ByteString.EMPTY;
    }
}
