package dev.xebec.simulator.plant;

import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.ChangeSink;
import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.StoreStatus;
import dev.xebec.contracts.state.Subscription;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A store with a bug in it: dropped guards, reused revisions, or changes left out. */
public final class PlantedStore implements StateStore {
    private static final int ONE_IN = 20;

    private final StateStore store;
    private final Plant plant;
    private final RandomGenerator chance;

    public PlantedStore(StateStore store, Plant plant, RandomGenerator chance) {
        this.store = store;
        this.plant = plant;
        this.chance = chance;
    }

    private boolean strikes(Plant which) {
        return plant == which && chance.nextInt(ONE_IN) == 0;
    }

    @Override
    public List<TxnResult> propose(Proposal proposal) {
        List<Txn> txns = proposal.txns().stream()
                .map(txn -> strikes(Plant.DROPPED_GUARD) ? new Txn(List.of(), txn.writes()) : txn).toList();
        return store.propose(new Proposal(proposal.group(), proposal.client(), proposal.sequence(),
                proposal.settledBelow(), txns)).stream().map(this::maybeReused).toList();
    }

    private TxnResult maybeReused(TxnResult result) {
        return result instanceof TxnResult.Committed committed && strikes(Plant.REUSED_REVISION)
                ? new TxnResult.Committed(committed.revision() - 1)
                : result;
    }

    @Override
    public long currentRevision(LogGroup group) {
        return store.currentRevision(group);
    }

    @Override
    public RangeResult range(RangeQuery query) {
        return store.range(query);
    }

    @Override
    public Subscription changes(ChangesQuery query, ChangeSink sink) {
        return store.changes(query, new ChangeSink() {
            @Override
            public void onChanges(List<Change> changes, long through) {
                List<Change> told = new ArrayList<>(changes);
                told.removeIf(change -> strikes(Plant.LOST_WATCH_EVENT));
                sink.onChanges(told, through);
            }

            @Override
            public void onProgress(long revision) {
                sink.onProgress(revision);
            }

            @Override
            public void onEnd(End end) {
                sink.onEnd(end);
            }
        });
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
