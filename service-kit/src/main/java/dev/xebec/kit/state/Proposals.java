package dev.xebec.kit.state;

import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import java.util.List;

/**
 * A client's transactions on their way to any store: numbered, coalesced, and cut into proposals within the limits. How
 * often a proposal is tried is the store's affair. Thread-safe; callers block on virtual threads.
 */
public final class Proposals {
    private final StateStore store;
    private final long clientId;
    private final Sequences sequences = new Sequences();
    private final Coalescer coalescer;

    /**
     * @param clientId random 64 bits, which nobody else proposes under
     * @param inFlight how many proposals may be under way at once
     */
    public Proposals(StateStore store, long clientId, int inFlight) {
        this.store = store;
        this.clientId = clientId;
        coalescer = new Coalescer(this::propose, inFlight);
    }

    /** Applies one transaction, in one proposal with whatever else waits. */
    public TxnResult commit(Txn txn) {
        return coalescer.commit(txn);
    }

    /** Applies transactions in their order, in as few proposals as the limits allow; one result for each, in order. */
    public List<TxnResult> commitAll(List<Txn> txns) {
        return coalescer.commitAll(txns);
    }

    /** Commits that wait for the next proposal. */
    int waiting() {
        return coalescer.waiting();
    }

    private List<TxnResult> propose(List<Txn> txns) {
        Sequences.Number number = sequences.next();
        try {
            return store.propose(new Proposal(LogGroup.MAIN, clientId, number.sequence(), number.settledBelow(), txns));
        } finally {
            sequences.settle(number.sequence());
        }
    }
}
