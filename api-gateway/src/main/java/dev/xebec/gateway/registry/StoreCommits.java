package dev.xebec.gateway.registry;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Commits over any store. Single transactions go the store client's own way, where they share proposals with others; a
 * batch is a proposal of its own, one at a time.
 */
public final class StoreCommits implements Commits {
    private final StateStore store;
    private final Function<Txn, TxnResult> single;
    private final long client = ThreadLocalRandom.current().nextLong();
    private final ReentrantLock proposing = new ReentrantLock();
    /** Guarded by {@link #proposing}. */
    private long sequence;

    /** @param single commits one transaction */
    public StoreCommits(StateStore store, Function<Txn, TxnResult> single) {
        this.store = store;
        this.single = single;
    }

    /** For a store without a client in front: each transaction is a proposal. */
    public static StoreCommits direct(StateStore store) {
        StoreCommits batches = new StoreCommits(store, txn -> {
            throw new IllegalStateException("not used");
        });
        return new StoreCommits(store, txn -> batches.commitAll(List.of(txn)).get(0));
    }

    @Override
    public TxnResult commit(Txn txn) {
        return single.apply(txn);
    }

    /** {@link UnavailableException} where nobody knows what became of it. */
    @Override
    public List<TxnResult> commitAll(List<Txn> txns) {
        proposing.lock();
        try {
            sequence++;
            return store.propose(new Proposal(LogGroup.MAIN, client, sequence, sequence, txns));
        } finally {
            proposing.unlock();
        }
    }
}
