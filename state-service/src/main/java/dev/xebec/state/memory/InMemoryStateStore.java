package dev.xebec.state.memory;

import dev.xebec.contracts.state.ChangeSink;
import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.RestorableStore;
import dev.xebec.contracts.state.Saved;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.StoreStatus;
import dev.xebec.contracts.state.Subscription;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.state.machine.Applied;
import dev.xebec.state.machine.Entry;
import dev.xebec.state.machine.Position;
import dev.xebec.state.machine.StateMachine;
import dev.xebec.state.replica.Housekeeping;
import dev.xebec.state.replica.Replica;
import dev.xebec.state.replica.Retention;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** A store in this process's memory: the same machine as the replicated one, without log, disk or network. */
public final class InMemoryStateStore implements StateStore, RestorableStore, AutoCloseable {
    private final String name;
    private final Replica replica = new Replica(StateMachine.open(new MemoryStorage()));
    private final ReentrantLock applying = new ReentrantLock();
    private final Housekeeping housekeeping;
    /** Guarded by {@link #applying}. */
    private long index;

    public InMemoryStateStore(String name) {
        this(name, Retention.DEFAULT, InstantSource.system());
    }

    public InMemoryStateStore(String name, Retention retention, InstantSource clock) {
        this.name = name;
        housekeeping = new Housekeeping(replica, retention, clock, new Alone());
    }

    @Override
    public List<TxnResult> propose(Proposal proposal) {
        return apply(new Entry.Propose(proposal)).results();
    }

    private Applied apply(Entry entry) {
        applying.lock();
        try {
            return replica.apply(index++, 0, entry);
        } finally {
            applying.unlock();
        }
    }

    @Override
    public long currentRevision(LogGroup group) {
        return replica.position().revision();
    }

    @Override
    public RangeResult range(RangeQuery query) {
        return replica.range(query);
    }

    @Override
    public Subscription changes(ChangesQuery query, ChangeSink sink) {
        return replica.changes(query, sink);
    }

    @Override
    public long compact(LogGroup group, long revision) {
        apply(new Entry.Compact(revision));
        return replica.position().compacted();
    }

    @Override
    public void stage(LogGroup group, long restore, int part, List<Saved> saved) {
        Applied.Outcome unused = apply(new Entry.Stage(restore, part, saved)).accepted();
    }

    @Override
    public long restore(LogGroup group, long restore, int parts, long atLeast) {
        return ((Applied.Restored) apply(new Entry.Restore(restore, parts, atLeast)).accepted()).revision();
    }

    @Override
    public StoreStatus status(LogGroup group) {
        Position at = replica.position();
        return new StoreStatus(name, name, at.revision(), at.compacted(), 0, 0);
    }

    @Override
    public void close() {
        housekeeping.close();
        replica.close();
    }

    /** Housekeeping's way in: nobody retries, so its transactions need no proposal id that lasts. */
    private final class Alone implements Housekeeping.Leader {
        private static final long CLIENT = 0;
        private long sequence;

        @Override
        public boolean leads() {
            return true;
        }

        @Override
        public void propose(List<Txn> txns) {
            long next = ++sequence;
            InMemoryStateStore.this.propose(new Proposal(LogGroup.MAIN, CLIENT, next, next, txns));
        }

        @Override
        public void compact(long revision) {
            InMemoryStateStore.this.compact(LogGroup.MAIN, revision);
        }
    }
}
