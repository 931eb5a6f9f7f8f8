package dev.xebec.simulator.world;

import dev.xebec.contracts.state.ChangeSink;
import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.StoreStatus;
import dev.xebec.contracts.state.Subscription;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.simulator.check.Invariants;
import java.util.List;

/** A replica whose every answer is held against the log. */
final class SeenStore implements StateStore {
    private final StateStore store;
    private final Invariants invariants;
    private final Truthkeeper truth;

    SeenStore(StateStore store, Invariants invariants, Truthkeeper truth) {
        this.truth = truth;
        this.store = store;
        this.invariants = invariants;
    }

    @Override
    public List<TxnResult> propose(Proposal proposal) {
        List<TxnResult> results = store.propose(proposal);
        for (int index = 0; index < results.size(); index++) {
            int at = index;
            truth.guarded(() -> invariants.acknowledged(proposal.txns().get(at), results.get(at)));
        }
        return results;
    }

    @Override
    public long currentRevision(LogGroup group) {
        long before = invariants.newestAcknowledged();
        long revision = store.currentRevision(group);
        truth.guarded(() -> invariants.barrier(before, revision));
        return revision;
    }

    @Override
    public RangeResult range(RangeQuery query) {
        RangeResult result = store.range(query);
        if (result instanceof RangeResult.Page page) {
            truth.guarded(() -> invariants.read(query, page));
        }
        return result;
    }

    @Override
    public Subscription changes(ChangesQuery query, ChangeSink sink) {
        return store.changes(query, sink);
    }

    @Override
    public long compact(LogGroup group, long revision) {
        return store.compact(group, revision);
    }

    @Override
    public StoreStatus status(LogGroup group) {
        return store.status(group);
    }
}
