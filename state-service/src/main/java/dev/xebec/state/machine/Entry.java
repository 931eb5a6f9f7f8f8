package dev.xebec.state.machine;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.codec.ByteReader;
import dev.xebec.contracts.codec.ByteWriter;
import dev.xebec.contracts.codec.MalformedMessageException;
import dev.xebec.contracts.codec.StateCodec;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.Saved;
import java.util.List;

/** One entry of the replicated log. Its form is durable: a later build has to read it. */
public sealed interface Entry {

    record Propose(Proposal proposal) implements Entry {}

    /** Forget what only revisions below {@code revision} can see. */
    record Compact(long revision) implements Entry {}

    /** Changes nothing; applied, it proves that its proposer led when it was proposed. */
    record Barrier() implements Entry {}

    /** Put a part of a backup aside. */
    record Stage(long restore, int part, List<Saved> saved) implements Entry {}

    /** Make what was put aside the state, if all {@code parts} are there. */
    record Restore(long restore, int parts, long atLeast) implements Entry {}

    /** Proposals start with their version, a small number; the others with one of these. */
    int COMPACT_TAG = 0x80;

    int BARRIER_TAG = 0x81;

    int STAGE_TAG = 0x82;

    int RESTORE_TAG = 0x83;

    default Bytes encode() {
        return switch (this) {
            case Propose propose -> StateCodec.proposal(propose.proposal());
            case Compact compact -> new ByteWriter(16).u8(COMPACT_TAG).varint(compact.revision()).finish();
            case Barrier barrier -> new ByteWriter(16).u8(BARRIER_TAG).finish();
            case Stage stage -> StateCodec.saved(
                    new ByteWriter(1024).u8(STAGE_TAG).varint(stage.restore()).varint(stage.part()), stage.saved())
                    .finish();
            case Restore restore -> new ByteWriter(32).u8(RESTORE_TAG).varint(restore.restore())
                    .varint(restore.parts()).varint(restore.atLeast()).finish();
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
            case STAGE_TAG -> new Stage(in.varint(), in.varint32(), StateCodec.saved(in));
            case RESTORE_TAG -> new Restore(in.varint(), in.varint32(), in.varint());
            default -> new Propose(StateCodec.proposal(bytes));
        };
    }
}
