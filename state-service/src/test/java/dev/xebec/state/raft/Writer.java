package dev.xebec.state.raft;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.contracts.state.Write;
import java.util.List;
import java.util.UUID;

/** A client that writes and reads one key at a time. */
public final class Writer {
    private final long client = UUID.randomUUID().getMostSignificantBits();
    private long sequence;

    public Proposal proposal(Txn... txns) {
        long next = ++sequence;
        return new Proposal(LogGroup.MAIN, client, next, next, List.of(txns));
    }

    long put(StateStore store, String key, String value) {
        return ((TxnResult.Committed) store.propose(proposal(putting(key, value))).getFirst()).revision();
    }

    public static Txn putting(String key, String value) {
        return new Txn(List.of(), List.of(new Write.Put(key, Bytes.utf8(value), 0)));
    }

    static Txn creating(String key, String value) {
        return new Txn(List.of(new Guard.Absent(key)), List.of(new Write.Put(key, Bytes.utf8(value), 0)));
    }

    /** All keys from {@code prefix} on, at a revision that covers all that was acknowledged. */
    public static List<KeyValue> read(StateStore store, String prefix) {
        RangeQuery query = RangeQuery.prefix(prefix).at(store.currentRevision(LogGroup.MAIN));
        return ((RangeResult.Page) store.range(query)).keyValues();
    }
}
