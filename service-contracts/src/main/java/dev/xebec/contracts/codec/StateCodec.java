package dev.xebec.contracts.codec;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.Saved;
import dev.xebec.contracts.state.StoreStatus;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.contracts.state.Write;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state service's messages as bytes. A proposal is also the entry of the replicated log, so its form is durable: a
 * later build has to read it, hence the version byte.
 */
public final class StateCodec {
    private static final int VERSION = 1;
    private static final LogGroup[] GROUPS = LogGroup.values();

    private StateCodec() {}

    public static Bytes proposal(Proposal proposal) {
        ByteWriter out = new ByteWriter(64 + sizeOf(proposal));
        out.u8(VERSION).u8(proposal.group().ordinal()).fixed64(proposal.client()).varint(proposal.sequence());
        out.varint(proposal.settledBelow()).list(proposal.txns(), StateCodec::txn);
        return out.finish();
    }

    public static Proposal proposal(Bytes bytes) {
        ByteReader in = new ByteReader(bytes).version(VERSION, "a proposal");
        Proposal proposal = new Proposal(in.constant(GROUPS), in.fixed64(), in.varint(), in.varint(),
                in.list(StateCodec::txn));
        in.finish();
        return proposal;
    }

    /** Bytes that the transaction's keys and values take, give or take its numbers. */
    public static int sizeOf(Txn txn) {
        int size = 8;
        for (Guard guard : txn.guards()) {
            size += guard.key().length() + 12;
        }
        for (Write write : txn.writes()) {
            size += write.key().length() + 12 + (write instanceof Write.Put put ? put.value().size() + 10 : 0);
        }
        return size;
    }

    private static int sizeOf(Proposal proposal) {
        long size = 0;
        for (Txn txn : proposal.txns()) {
            size += sizeOf(txn);
        }
        return (int) Math.min(size, ByteWriter.MAX_BYTES);
    }

    public static void results(ByteWriter out, List<TxnResult> results) {
        out.list(results, StateCodec::result);
    }

    public static List<TxnResult> results(ByteReader in) {
        return in.list(StateCodec::result);
    }

    public static void rangeQuery(ByteWriter out, RangeQuery query) {
        out.u8(query.group().ordinal()).utf8(query.from()).utf8(query.to());
        out.varint(query.atRevision()).varint(query.limit());
    }

    public static RangeQuery rangeQuery(ByteReader in) {
        return new RangeQuery(in.constant(GROUPS), in.utf8(), in.utf8(), in.varint(), in.varint32());
    }

    public static void changesQuery(ByteWriter out, ChangesQuery query) {
        out.u8(query.group().ordinal()).varint(query.fromRevision()).utf8(query.keyPrefix());
    }

    public static ChangesQuery changesQuery(ByteReader in) {
        return new ChangesQuery(in.constant(GROUPS), in.varint(), in.utf8());
    }

    public static void group(ByteWriter out, LogGroup group) {
        out.u8(group.ordinal());
    }

    public static LogGroup group(ByteReader in) {
        return in.constant(GROUPS);
    }

    public static void status(ByteWriter out, StoreStatus status) {
        out.utf8(status.replica()).utf8(status.leader()).varint(status.revision());
        out.varint(status.compactedRevision()).varint(status.term()).varint(status.bytesOnDisk());
    }

    public static StoreStatus status(ByteReader in) {
        return new StoreStatus(in.utf8(), in.utf8(), in.varint(), in.varint(), in.varint(), in.varint());
    }

    public static void change(ByteWriter out, Change change) {
        out.varint(change.revision()).utf8(change.key());
        KeyValue current = change.current();
        out.bool(current != null);
        if (current != null) {
            // The key is that of the change, and the revision nearly always too.
            out.bytes(current.value()).varint(current.createRevision()).varint(current.modRevision());
            out.varint(current.version());
        }
    }

    public static Change change(ByteReader in) {
        long revision = in.varint();
        String key = in.utf8();
        @Nullable
        KeyValue current = in.bool()
                ? new KeyValue(key, in.bytes(), in.varint(), in.varint(), in.varint())
                : null;
        return new Change(revision, key, current);
    }

    public static void keyValue(ByteWriter out, KeyValue keyValue) {
        out.utf8(keyValue.key()).bytes(keyValue.value()).varint(keyValue.createRevision());
        out.varint(keyValue.modRevision()).varint(keyValue.version());
    }

    public static KeyValue keyValue(ByteReader in) {
        return new KeyValue(in.utf8(), in.bytes(), in.varint(), in.varint(), in.varint());
    }

    public static void txn(ByteWriter out, Txn txn) {
        out.list(txn.guards(), StateCodec::guard).list(txn.writes(), StateCodec::write);
    }

    public static Txn txn(ByteReader in) {
        return new Txn(in.list(StateCodec::guard), in.list(StateCodec::write));
    }

    private static void guard(ByteWriter out, Guard guard) {
        switch (guard) {
            case Guard.Absent absent -> out.u8(0).utf8(absent.key());
            case Guard.ModRevision mod -> out.u8(1).utf8(mod.key()).varint(mod.revision());
            case Guard.Version version -> out.u8(2).utf8(version.key()).varint(version.version());
        }
    }

    private static Guard guard(ByteReader in) {
        int tag = in.u8();
        return switch (tag) {
            case 0 -> new Guard.Absent(in.utf8());
            case 1 -> new Guard.ModRevision(in.utf8(), in.varint());
            case 2 -> new Guard.Version(in.utf8(), in.varint());
            default -> throw new MalformedMessageException("no guard of kind " + tag);
        };
    }

    private static void write(ByteWriter out, Write write) {
        switch (write) {
            case Write.Put put -> out.u8(0).utf8(put.key()).bytes(put.value()).varint(put.expiresAtEpochMillis());
            case Write.Delete delete -> out.u8(1).utf8(delete.key());
        }
    }

    private static Write write(ByteReader in) {
        int tag = in.u8();
        return switch (tag) {
            case 0 -> new Write.Put(in.utf8(), in.bytes(), in.varint());
            case 1 -> new Write.Delete(in.utf8());
            default -> throw new MalformedMessageException("no write of kind " + tag);
        };
    }

    public static void result(ByteWriter out, TxnResult result) {
        switch (result) {
            case TxnResult.Committed committed -> out.u8(0).varint(committed.revision());
            case TxnResult.Refused refused ->
                out.u8(1).varint(refused.revision()).list(refused.current(), StateCodec::keyValue);
            case TxnResult.Invalid invalid -> out.u8(2).utf8(invalid.message());
        }
    }

    public static TxnResult result(ByteReader in) {
        int tag = in.u8();
        return switch (tag) {
            case 0 -> new TxnResult.Committed(in.varint());
            case 1 -> new TxnResult.Refused(in.varint(), in.list(StateCodec::keyValue));
            case 2 -> new TxnResult.Invalid(in.utf8());
            default -> throw new MalformedMessageException("no result of kind " + tag);
        };
    }

    /** Keys and values of a backup: a count, then each. */
    public static ByteWriter saved(ByteWriter out, List<Saved> saved) {
        return out.list(saved, (to, one) -> to.utf8(one.key()).bytes(one.value()));
    }

    public static List<Saved> saved(ByteReader in) {
        return in.list(from -> new Saved(from.utf8(), from.bytes()));
    }
}
