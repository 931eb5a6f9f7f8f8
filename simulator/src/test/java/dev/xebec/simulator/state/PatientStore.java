package dev.xebec.simulator.state;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.ChangeSink;
import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.OutcomeForgottenException;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.StoreStatus;
import dev.xebec.contracts.state.Subscription;
import dev.xebec.contracts.state.TxnResult;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a user of a store that fails does as the contract tells it to: proposes again under the same id, asks again, and
 * resumes streams behind what it has seen. Where the contract speaks of one replica, it waits for the others.
 */
final class PatientStore implements StateStore {
    private final StateStore store;
    private final SimulatedStateGroup group;

    PatientStore(StateStore store, SimulatedStateGroup group) {
        this.store = store;
        this.group = group;
    }

    @Override
    public List<TxnResult> propose(Proposal proposal) {
        return again(() -> store.propose(proposal));
    }

    @Override
    public long currentRevision(LogGroup logGroup) {
        return again(() -> store.currentRevision(logGroup));
    }

    @Override
    public RangeResult range(RangeQuery query) {
        return again(() -> store.range(query));
    }

    @Override
    public long compact(LogGroup logGroup, long revision) {
        long compacted = again(() -> store.compact(logGroup, revision));
        return again(() -> {
            for (SimulatedReplica replica : group.replicas()) {
                if (replica.position().compacted() < compacted) {
                    throw new UnavailableException(replica.name() + " is behind");
                }
            }
            return compacted;
        });
    }

    @Override
    public StoreStatus status(LogGroup logGroup) {
        long agreed = group.agreed().revision();
        return again(() -> {
            StoreStatus status = store.status(logGroup);
            if (status.leader().isEmpty() || status.revision() < agreed) {
                throw new UnavailableException(status.replica() + " is behind");
            }
            return status;
        });
    }

    private static <R> R again(Supplier<R> call) {
        for (int attempt = 0;; attempt++) {
            try {
                return call.get();
            } catch (OutcomeForgottenException e) {
                throw e;
            } catch (UnavailableException e) {
                if (attempt == 1_000) {
                    throw e;
                }
                SimulatedStateGroupTest.pause(10);
            }
        }
    }

    @Override
    public Subscription changes(ChangesQuery query, ChangeSink sink) {
        Resuming resuming = new Resuming(query, sink);
        resuming.resume();
        return resuming;
    }

    /** One stream made of as many as it takes. */
    private final class Resuming implements ChangeSink, Subscription {
        private final ChangesQuery query;
        private final ChangeSink sink;
        private final ReentrantLock lock = new ReentrantLock();
        private long through;
        private boolean closed;
        private @Nullable Subscription running;

        Resuming(ChangesQuery query, ChangeSink sink) {
            this.query = query;
            this.sink = sink;
            through = query.fromRevision() - 1;
        }

        void resume() {
            Subscription next = again(
                    () -> store.changes(new ChangesQuery(query.group(), through + 1, query.keyPrefix()), this));
            boolean late;
            lock.lock();
            try {
                running = next;
                late = closed;
            } finally {
                lock.unlock();
            }
            if (late) {
                next.close();
            }
        }

        @Override
        public void onChanges(List<Change> changes, long covered) {
            through = covered;
            sink.onChanges(changes, covered);
        }

        /** A replica that is behind the one before says less than is known already. */
        @Override
        public void onProgress(long revision) {
            through = Math.max(through, revision);
            sink.onProgress(through);
        }

        @Override
        public void onEnd(End end) {
            boolean over;
            lock.lock();
            try {
                over = closed;
            } finally {
                lock.unlock();
            }
            if (end instanceof End.Lost && !over) {
                Thread.ofVirtual().start(this::resume);
            } else {
                sink.onEnd(over ? new End.Closed() : end);
            }
        }

        @Override
        public void close() {
            Subscription now;
            lock.lock();
            try {
                closed = true;
                now = running;
            } finally {
                lock.unlock();
            }
            if (now != null) {
                now.close();
            }
        }
    }
}
