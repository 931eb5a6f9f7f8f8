package dev.xebec.state.raft;

import dev.xebec.contracts.state.ChangeSink;
import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.NotLeaderException;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.RegroupableStore;
import dev.xebec.contracts.state.ReplicaGroup;
import dev.xebec.contracts.state.RestorableStore;
import dev.xebec.contracts.state.Saved;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.StoreStatus;
import dev.xebec.contracts.state.Subscription;
import dev.xebec.contracts.state.TxnResult;
import java.util.List;

/**
 * The replica as its clients on the bus see it: what only the leader can do is refused with {@link NotLeaderException}
 * where another leads, so that the client learns who does and goes there itself.
 */
record OwnSeat(RaftStateStore store) implements StateStore, RestorableStore, RegroupableStore {

    @Override
    public List<TxnResult> propose(Proposal proposal) {
        return store.proposeAsLeader(proposal);
    }

    @Override
    public long currentRevision(LogGroup group) {
        return store.barrierAsLeader();
    }

    @Override
    public RangeResult range(RangeQuery query) {
        return store.range(query);
    }

    @Override
    public Subscription changes(ChangesQuery query, ChangeSink sink) {
        return store.changes(query, sink);
    }

    @Override
    public long compact(LogGroup group, long revision) {
        return store.compactAsLeader(revision);
    }

    @Override
    public void stage(LogGroup group, long restore, int part, List<Saved> saved) {
        store.stage(group, restore, part, saved);
    }

    @Override
    public long restore(LogGroup group, long restore, int parts, long atLeast) {
        return store.restore(group, restore, parts, atLeast);
    }

    @Override
    public ReplicaGroup group(LogGroup group) {
        return store.group(group);
    }

    @Override
    public ReplicaGroup add(LogGroup group, String name, String address) {
        return store.add(group, name, address);
    }

    @Override
    public ReplicaGroup remove(LogGroup group, String name) {
        return store.remove(group, name);
    }

    @Override
    public StoreStatus status(LogGroup group) {
        return store.status(group);
    }
}
