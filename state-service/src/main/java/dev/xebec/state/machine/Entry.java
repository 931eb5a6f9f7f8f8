package dev.xebec.state.machine;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.codec.ByteReader;
import dev.xebec.contracts.codec.ByteWriter;
import dev.xebec.contracts.codec.MalformedMessageException;
import dev.xebec.contracts.codec.StateCodec;
import dev.xebec.contracts.state.Proposal;

/** One entry of the replicated log. Its form is durable: a later build has to read it. */
public sealed interface Entry {

    record Propose(Proposal proposal) implements Entry {}

    /** Forget what only revisions below {@code revision} can see. */
    record Compact(long revision) implements Entry {}

    /** Changes nothing; applied, it proves that its proposer led when it was proposed. */
    record Barrier() implements Entry {}

    /** Proposals start with their version, a small number; the others with one of these. */
    int COMPACT_TAG = 0x80;

    int BARRIER_TAG = 0x81;

    default Bytes encode() {
        return switch (this) {
            case Propose propose -> StateCodec.proposal(propose.proposal());
            case Compact compact -> new ByteWriter(16).u8(COMPACT_TAG).varint(compact.revision()).finish();
            case Barrier barrier -> new ByteWriter(16).u8(BARRIER_TAG).finish();
        };
    }

    static Entry decode(Bytes bytes) {
        if (bytes.isEmpty()) {
            throw new MalformedMessageException("an empty log entry");
        }
        ByteReader in = new ByteReader(bytes);
        return switch (in.u8()) {
            case COMPACT_TAG -> new Compact(in.varint());
            case BARRIER_TAG -> new Barrier();
            default -> new Propose(StateCodec.proposal(bytes));
        };
    }
}
