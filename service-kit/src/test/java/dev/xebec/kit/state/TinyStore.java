package dev.xebec.kit.state;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.ChangeSink;
import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.NotLeaderException;
import dev.xebec.contracts.state.OutcomeForgottenException;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.StoreStatus;
import dev.xebec.contracts.state.Subscription;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.contracts.state.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A small store for tests of the client: puts, guards on versions, repeated proposals, change streams; it keeps no old
 * values. It can be made to answer late, to fail after applying, and not to lead.
 */
final class TinyStore implements StateStore {
    private final TreeMap<String, KeyValue> data = new TreeMap<>();
    private final List<Change> log = new ArrayList<>();
    private final Map<String, List<TxnResult>> answered = new HashMap<>();
    private long revision;

    final List<Proposal> proposals = new ArrayList<>();
    final AtomicInteger barriers = new AtomicInteger();
    final AtomicInteger ranges = new AtomicInteger();
    final AtomicInteger failuresAfterApplying = new AtomicInteger();
    final AtomicInteger failingRanges = new AtomicInteger();
    final AtomicInteger compactedRanges = new AtomicInteger();
    final AtomicInteger faultyStatuses = new AtomicInteger();
    volatile boolean forgetful;
    volatile CountDownLatch gate = new CountDownLatch(0);
    volatile String leader = "me";
    volatile String name = "me";

    @Override
    public List<TxnResult> propose(Proposal proposal) {
        List<TxnResult> results;
        synchronized (this) {
            requireLead();
            proposals.add(proposal);
            if (forgetful) {
                throw new OutcomeForgottenException("its results are forgotten");
            }
            results = answered.computeIfAbsent(proposal.client() + "/" + proposal.sequence(),
                    id -> proposal.txns().stream().map(this::apply).toList());
            notifyAll();
        }
        pass();
        if (failuresAfterApplying.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            throw new UnavailableException("died after applying");
        }
        return results;
    }

    private void requireLead() {
        if (!leader.equals(name)) {
            throw new NotLeaderException(leader);
        }
    }

    private void pass() {
        try {
            if (!gate.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody opened the gate");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private TxnResult apply(Txn txn) {
        for (Guard guard : txn.guards()) {
            KeyValue current = data.get(guard.key());
            long version = current == null ? 0 : current.version();
            if (guard instanceof Guard.Version wanted && wanted.version() != version) {
                return new TxnResult.Refused(revision, current == null ? List.of() : List.of(current));
            }
        }
        revision++;
        for (Write write : txn.writes()) {
            if (write instanceof Write.Put put) {
                KeyValue before = data.get(put.key());
                KeyValue after = before == null
                        ? new KeyValue(put.key(), put.value(), revision, revision, 1)
                        : new KeyValue(put.key(), put.value(), before.createRevision(), revision, before.version() + 1);
                data.put(put.key(), after);
                log.add(new Change(revision, put.key(), after));
            } else {
                data.remove(write.key());
                log.add(new Change(revision, write.key(), null));
            }
        }
        return new TxnResult.Committed(revision);
    }

    @Override
    public long currentRevision(LogGroup group) {
        barriers.incrementAndGet();
        long read;
        synchronized (this) {
            requireLead();
            read = revision;
        }
        pass();
        return read;
    }

    @Override
    public synchronized RangeResult range(RangeQuery query) {
        ranges.incrementAndGet();
        if (failingRanges.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            throw new UnavailableException("cannot read");
        }
        if (query.atRevision() != 0 && compactedRanges.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            return new RangeResult.Compacted(query.atRevision());
        }
        List<KeyValue> found = new ArrayList<>();
        for (KeyValue keyValue : data.tailMap(query.from()).values()) {
            if (!query.to().isEmpty() && keyValue.key().compareTo(query.to()) >= 0) {
                break;
            }
            if (query.limit() != 0 && found.size() == query.limit()) {
                return new RangeResult.Page(revisionOf(query), found, true);
            }
            found.add(keyValue);
        }
        return new RangeResult.Page(revisionOf(query), found, false);
    }

    private long revisionOf(RangeQuery query) {
        return query.atRevision() == 0 ? revision : query.atRevision();
    }

    @Override
    public Subscription changes(ChangesQuery query, ChangeSink sink) {
        AtomicBoolean closed = new AtomicBoolean();
        Thread.ofVirtual().start(() -> feed(query, sink, closed));
        return () -> closed.set(true);
    }

    private void feed(ChangesQuery query, ChangeSink sink, AtomicBoolean closed) {
        if (query.fromRevision() < 3 && name.equals("compacted")) {
            sink.onEnd(new ChangeSink.End.Compacted(3));
            return;
        }
        long next = query.fromRevision();
        while (!closed.get()) {
            List<Change> news = news(query, next);
            if (news.isEmpty()) {
                sink.onProgress(next - 1);
            } else {
                next = news.get(news.size() - 1).revision() + 1;
                sink.onChanges(news, next - 1);
            }
        }
        sink.onEnd(new ChangeSink.End.Closed());
    }

    private synchronized List<Change> news(ChangesQuery query, long next) {
        List<Change> news = newer(query, next);
        if (news.isEmpty()) {
            try {
                wait(100);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return newer(query, next);
        }
        return news;
    }

    private List<Change> newer(ChangesQuery query, long next) {
        return log.stream().filter(change -> change.revision() >= next)
                .filter(change -> change.key().startsWith(query.keyPrefix())).toList();
    }

    @Override
    public long compact(LogGroup group, long wanted) {
        if (wanted < 0) {
            throw new IllegalArgumentException("a negative revision");
        }
        return wanted;
    }

    @Override
    public synchronized StoreStatus status(LogGroup group) {
        if (faultyStatuses.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            throw new IllegalStateException("a fault on purpose");
        }
        return new StoreStatus(name, leader, revision, 0, 1, 0);
    }
}
