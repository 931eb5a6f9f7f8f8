package dev.xebec.contracts.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.TxnResult.Committed;
import java.util.List;
import java.util.UUID;

/** How a contract speaks to the store: keys of its own, transactions, and what is there. */
abstract class StoreSteps {
    final String prefix = "test/" + UUID.randomUUID() + "/";
    final long client = UUID.randomUUID().getMostSignificantBits();
    private long sequence;

    /** The store under test, running. */
    protected abstract StateStore store();

    final String key(String name) {
        return prefix + name;
    }

    static Bytes text(String text) {
        return Bytes.utf8(text);
    }

    final Write putOf(String name, String value) {
        return new Write.Put(key(name), text(value), 0);
    }

    final Txn put(String name, String value) {
        return new Txn(List.of(), List.of(putOf(name, value)));
    }

    final Txn create(String name, String value) {
        return new Txn(List.of(new Guard.Absent(key(name))), List.of(putOf(name, value)));
    }

    final Txn delete(String name) {
        return new Txn(List.of(), List.of(new Write.Delete(key(name))));
    }

    final Proposal proposal(Txn... txns) {
        long next = ++sequence;
        return new Proposal(LogGroup.MAIN, client, next, next, List.of(txns));
    }

    final TxnResult propose(Txn txn) {
        return store().propose(proposal(txn)).getFirst();
    }

    final long committed(Txn txn) {
        TxnResult result = propose(txn);
        assertThat(result).isInstanceOf(Committed.class);
        return ((Committed) result).revision();
    }

    /** A page at a revision that covers all that was acknowledged. */
    final RangeResult.Page page(RangeQuery query) {
        RangeQuery fresh = query.atRevision() > 0 ? query : query.at(store().currentRevision(LogGroup.MAIN));
        return (RangeResult.Page) store().range(fresh);
    }

    final KeyValue only(String name) {
        List<KeyValue> found = page(new RangeQuery(LogGroup.MAIN, key(name), key(name) + "\0", 0, 0)).keyValues();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    final String value(String name) {
        return only(name).value().utf8();
    }
}
