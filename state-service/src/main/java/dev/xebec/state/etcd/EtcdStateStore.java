package dev.xebec.state.etcd;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.ChangeSink;
import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.StoreStatus;
import dev.xebec.contracts.state.Subscription;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.state.machine.TxnRules;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.etcd.jetcd.options.WatchOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A way into an etcd cluster. Any number of them work at once, and none leads. A transaction of ours is one of etcd's, so its
 * revision is etcd's; what makes its repetition harmless is a register written with it ({@link Registers}).
 *
 * <p>Unlike the replicated store's, the transactions of one proposal are applied in their order only where they share a
 * key, and their revisions need not follow one another.
 */
public final class EtcdStateStore implements StateStore, AutoCloseable {
    /** Transactions under way at once. */
    private static final int MAX_UNDER_WAY = 256;
    /** Keys asked of etcd at once: a value may have 1.5 MB. */
    private static final int PAGE_KEYS = 500;
    private static final Duration EXPIRY_STRETCH = Duration.ofSeconds(10);
    private static final Duration REGISTER_STRETCH = Duration.ofMinutes(10);

    private final EtcdConfig config;
    private final Client client;
    private final KV kv;
    private final EtcdLayout layout;
    private final EtcdCalls calls;
    private final Judge judge;
    private final AnsweredProposals answered = new AnsweredProposals();
    private final Semaphore slots = new Semaphore(MAX_UNDER_WAY);
    private final AtomicLong newestSeen = new AtomicLong();
    private final EtcdCompactor compactor;

    private EtcdStateStore(EtcdConfig config, Client client, InstantSource clock) {
        this.config = config;
        this.client = client;
        kv = client.getKVClient();
        layout = new EtcdLayout(config.root());
        calls = new EtcdCalls(config.patience());
        judge = new Judge(kv, layout, calls, clock, new Leases(client.getLeaseClient(), calls, clock, EXPIRY_STRETCH),
                new Leases(client.getLeaseClient(), calls, clock, REGISTER_STRETCH), this::saw);
        compactor = new EtcdCompactor(this, config.retention(), clock);
    }

    /** Opens the way; etcd need not be there yet. */
    public static EtcdStateStore open(EtcdConfig config, InstantSource clock) {
        return new EtcdStateStore(config, EtcdConnection.open(config), clock);
    }

    @Override
    public List<TxnResult> propose(Proposal proposal) {
        String objection = TxnRules.objection(proposal);
        if (objection != null) {
            return Collections.nCopies(proposal.txns().size(), new TxnResult.Invalid(objection));
        }
        return answered.answer(proposal, () -> new Batch(proposal.txns(), slots,
                (index, txn) -> judge.apply(proposal.client(), proposal.sequence(), index, txn)).run());
    }

    @Override
    public long currentRevision(LogGroup group) {
        long revision = calls.await(kv.get(layout.compacted(), GetOption.builder().withCountOnly(true).build()))
                .getHeader().getRevision();
        saw(revision);
        return revision;
    }

    @Override
    public RangeResult range(RangeQuery query) {
        List<KeyValue> found = new ArrayList<>();
        RangeQuery next = query;
        while (true) {
            int left = query.limit() == 0 ? PAGE_KEYS : Math.min(PAGE_KEYS, query.limit() - found.size());
            switch (page(next, left)) {
                case RangeResult.Compacted compacted -> {
                    return compacted;
                }
                case RangeResult.Page page -> {
                    found.addAll(page.keyValues());
                    boolean full = query.limit() != 0 && found.size() >= query.limit();
                    if (!page.more() || full) {
                        return new RangeResult.Page(page.revision(), List.copyOf(found), page.more());
                    }
                    next = new RangeQuery(query.group(), found.getLast().key() + '\0', query.to(), page.revision(), 0);
                }
            }
        }
    }

    private RangeResult page(RangeQuery query, int limit) {
        ByteSequence from = layout.key(query.from());
        ByteSequence to = layout.end(query.to());
        if (compare(from, to) >= 0) {
            long revision = query.atRevision() == 0 ? currentRevision(query.group()) : query.atRevision();
            return new RangeResult.Page(revision, List.of(), false);
        }
        GetOption option = GetOption.builder().withRange(to).withRevision(query.atRevision()).withLimit(limit).build();
        while (true) {
            try {
                TxnResponse response = calls.await(kv.txn()
                        .Then(Op.get(from, option), Op.get(layout.compacted(), GetOption.DEFAULT)).commit());
                long newest = response.getHeader().getRevision();
                saw(newest);
                long compacted = number(response.getGetResponses().get(1));
                if (query.atRevision() != 0 && query.atRevision() < compacted) {
                    return new RangeResult.Compacted(compacted);
                }
                GetResponse read = response.getGetResponses().get(0);
                return new RangeResult.Page(query.atRevision() == 0 ? newest : query.atRevision(),
                        read.getKvs().stream().map(layout::keyValue).toList(), read.isMore());
            } catch (EtcdCalls.Compacted gone) {
                return new RangeResult.Compacted(Math.max(compacted(), query.atRevision() + 1));
            } catch (EtcdCalls.Future early) {
                awaitRevision(query.atRevision());
            }
        }
    }

    private static int compare(ByteSequence one, ByteSequence other) {
        return Arrays.compareUnsigned(one.getBytes(), other.getBytes());
    }

    /** Waits for as long as it takes, as reads of what is not there yet do. */
    private void awaitRevision(long revision) {
        CompletableFuture<Boolean> reached = new CompletableFuture<>();
        WatchOption option = WatchOption.builder().withRange(EtcdLayout.ALL).withRevision(revision).build();
        try (Watch.Watcher watcher = client.getWatchClient().watch(EtcdLayout.ALL, option,
                Watch.listener(response -> reached.complete(true), reached::completeExceptionally))) {
            reached.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while waiting for etcd", e);
        } catch (ExecutionException e) {
            RuntimeException failure = EtcdCalls.failure(e);
            if (!(failure instanceof EtcdCalls.Compacted)) {
                throw failure;
            }
        }
    }

    @Override
    public Subscription changes(ChangesQuery query, ChangeSink sink) {
        return new EtcdChanges(client.getWatchClient(), layout, query, sink, new Neighbourhood()).start();
    }

    /** The revision below which reads are refused; 0 for none. */
    long compacted() {
        return number(calls.await(kv.get(layout.compacted())));
    }

    private static long number(GetResponse read) {
        return read.getKvs().isEmpty() ? 0 : EtcdLayout.number(read.getKvs().getFirst().getValue());
    }

    /**
     * First says below what nobody reads any more, then has etcd forget it. Etcd itself is told the revision before: it would
     * drop a deletion that happened at the very revision.
     */
    @Override
    public long compact(LogGroup group, long revision) {
        while (true) {
            GetResponse read = calls.await(kv.get(layout.compacted()));
            long before = number(read);
            long target = Math.min(revision, read.getHeader().getRevision());
            if (target <= before) {
                compactor.compacted(before);
                return before;
            }
            long modified = read.getKvs().isEmpty() ? 0 : read.getKvs().getFirst().getModRevision();
            TxnResponse response = calls.await(kv.txn()
                    .If(new Cmp(layout.compacted(), Cmp.Op.EQUAL, CmpTarget.modRevision(modified)))
                    .Then(Op.put(layout.compacted(), EtcdLayout.number(target), PutOption.DEFAULT)).commit());
            if (response.isSucceeded()) {
                compactor.compacted(target);
                forget(target - 1);
                return target;
            }
        }
    }

    private void forget(long revision) {
        try {
            if (revision > 0) {
                calls.await(kv.compact(revision));
            }
        } catch (EtcdCalls.Compacted already) {
            // Another replica, or etcd by itself, was first.
            return;
        }
    }

    @Override
    public StoreStatus status(LogGroup group) {
        return new StoreStatus(config.replica(), config.replica(), newestSeen.get(), compactor.lastKnown(), 0, 0);
    }

    /** What change streams ask. */
    private final class Neighbourhood implements EtcdChanges.Neighbourhood {
        @Override
        public long compacted() {
            return EtcdStateStore.this.compacted();
        }

        @Override
        public long newestSeen() {
            return newestSeen.get();
        }

        @Override
        public void saw(long revision) {
            EtcdStateStore.this.saw(revision);
        }

        @Override
        public void touch() {
            saw(calls.await(kv.put(layout.touched(), ByteSequence.EMPTY)).getHeader().getRevision());
        }
    }

    private void saw(long revision) {
        newestSeen.accumulateAndGet(revision, Math::max);
    }

    @Override
    public void close() {
        compactor.close();
        client.close();
    }
}
