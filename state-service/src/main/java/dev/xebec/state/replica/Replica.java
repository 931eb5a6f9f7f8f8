package dev.xebec.state.replica;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.ChangeSink;
import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.Subscription;
import dev.xebec.contracts.state.Txn;
import dev.xebec.state.machine.Applied;
import dev.xebec.state.machine.Entry;
import dev.xebec.state.machine.History;
import dev.xebec.state.machine.Position;
import dev.xebec.state.machine.StateMachine;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One copy of the state and all who read it. One thread applies entries; readers and streams follow what is applied and
 * never hold it back.
 */
public final class Replica implements AutoCloseable {
    /** How long a read waits for a revision that this replica has not applied yet. */
    private static final Duration READ_PATIENCE = Duration.ofSeconds(10);

    /** Bounds the harm of a wake-up that came between a look and the wait. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final RecentChanges recent;
    private final Sweeper sweeper;
    private final Set<ChangeStream> streams = ConcurrentHashMap.newKeySet();
    private volatile StateMachine machine;
    private volatile boolean closed;

    public Replica(StateMachine machine) {
        this.machine = machine;
        recent = new RecentChanges(machine.position().revision());
        sweeper = new Sweeper(() -> this.machine);
    }

    public Position position() {
        return machine.position();
    }

    /** For the one applying thread. */
    public Applied apply(long index, long term, Entry entry) {
        Applied applied = machine.apply(index, term, entry);
        if (applied.outcome() instanceof Applied.Restored) {
            recent.reset(applied.revision());
        } else {
            recent.publish(applied.changes(), applied.revision());
        }
        if (applied.outcome() instanceof Applied.Compacted) {
            sweeper.wake();
            recent.wake();
        }
        return applied;
    }

    /** Goes on with another copy of the same log's state, further on; for the applying thread. */
    public void replace(StateMachine other) {
        machine = other;
        recent.reset(other.position().revision());
        sweeper.wake();
    }

    public RangeResult range(RangeQuery query) {
        awaitRevision(query.atRevision());
        return machine.range(query);
    }

    private void awaitRevision(long revision) {
        if (machine.position().revision() >= revision) {
            return;
        }
        try {
            if (!recent.await(revision, READ_PATIENCE)) {
                throw new UnavailableException("revision " + revision + " is not here after "
                        + READ_PATIENCE.toSeconds() + " s; this replica has " + position().revision());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while waiting for revision " + revision, e);
        }
    }

    /** Waits until this copy has applied a compaction, for no longer than {@code patience}. */
    public void awaitCompacted(long compacted, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (machine.position().compacted() < compacted) {
                Duration left = Duration.ofNanos(deadline - System.nanoTime());
                if (!left.isPositive()) {
                    throw new UnavailableException("this replica has not applied the compaction at " + compacted);
                }
                recent.awaitMove(Long.MAX_VALUE, left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while waiting for a compaction", e);
        }
    }

    public Subscription changes(ChangesQuery query, ChangeSink sink) {
        if (query.fromRevision() < 1) {
            throw new IllegalArgumentException(
                    "changes from revision " + query.fromRevision() + "; the first one is 1");
        }
        ChangeStream stream = new ChangeStream(this, recent, query, sink);
        streams.add(stream);
        stream.start(() -> streams.remove(stream));
        if (closed) {
            stream.lose("the store is closed");
        }
        return stream;
    }

    History.Slice slice(long from, int maxBytes) {
        return machine.changes(from, maxBytes);
    }

    /** Transactions that delete what has expired. */
    List<Txn> expired(long nowEpochMillis, int limit) {
        return machine.expired(nowEpochMillis, limit);
    }

    @Override
    public void close() {
        closed = true;
        streams.forEach(stream -> stream.lose("the store is closed"));
        sweeper.close();
    }
}
