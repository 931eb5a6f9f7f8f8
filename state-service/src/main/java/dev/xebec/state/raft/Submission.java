package dev.xebec.state.raft;

import dev.xebec.state.machine.Entry;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;

/** An entry on its way into the leader's log: as bytes for the log, as it is for applying it here. */
record Submission(Entry entry, ByteString content) implements Message {

    static Submission of(Entry entry) {
        return new Submission(entry, UnsafeByteOperations.unsafeWrap(entry.encode().array()));
    }

    @Override
    public ByteString getContent() {
        return content;
    }
}
