package dev.xebec.gateway.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.ChangeSink;
import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.Keys;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.StoreStatus;
import dev.xebec.contracts.state.Subscription;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.contracts.state.Write;
import dev.xebec.gateway.testing.Await;
import dev.xebec.state.memory.InMemoryStateStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cache whose store has forgotten what it would have to replay. */
class RebuiltCacheTest {
    private final InMemoryStateStore store = new InMemoryStateStore("test");
    private final Interrupted interrupted = new Interrupted(store);
    private final WatchCache cache = new WatchCache(interrupted);
    private long sequence;

    @BeforeEach
    void fill() {
        put("a");
        cache.start();
        Await.until("filled", Duration.ofSeconds(30), cache::filled);
    }

    @AfterEach
    void close() {
        cache.close();
        store.close();
    }

    private void put(String name) {
        store.propose(new Proposal(LogGroup.MAIN, 4711, ++sequence, 1, List.of(new Txn(List.of(), List.of(
                new Write.Put(Keys.of("", "configmaps", "default", name),
                        Bytes.utf8("{\"metadata\":{\"name\":\"" + name + "\"}}"), 0))))));
    }

    @Test
    void whoSubscribesWhileTheCacheIsBuiltAnewMissesNothing() {
        Recorder second = new Recorder();
        AtomicBoolean accepted = new AtomicBoolean();
        Recorder first = new Recorder() {
            @Override
            public void onGap() {
                accepted.set(cache.subscribe(cache.image().revision(), second) != null);
                super.onGap();
            }
        };
        assertThat(cache.subscribe(cache.image().revision(), first)).isEmpty();
        interrupted.compactUnseen(() -> {
            put("b");
            put("c");
        });
        Await.until("the gap is told", Duration.ofSeconds(30), first.gap::get);
        assertThat(accepted).as("what is shown can be watched from").isTrue();
        assertThat(cache.image().all("/configmaps").keySet()).containsExactly("default/a", "default/b", "default/c");
        put("d");
        Await.until("the next event", Duration.ofSeconds(30), () -> !second.events.isEmpty());
        assertThat(second.events).extracting(CacheEvent::objectKey).containsExactly("default/d");
        assertThat(first.events).isEmpty();
    }

    @Test
    void missedEventsAreHandedBackAndNotToTheWatcherUnderTheLock() {
        long from = cache.image().revision();
        put("b");
        assertThat(cache.await(store.currentRevision(LogGroup.MAIN), Duration.ofSeconds(30))).isTrue();
        Recorder watcher = new Recorder();
        List<CacheEvent> missed = cache.subscribe(from, watcher);
        assertThat(missed).extracting(CacheEvent::objectKey).containsExactly("default/b");
        assertThat(watcher.events).isEmpty();
    }

    private static class Recorder implements Watcher {
        final List<CacheEvent> events = new CopyOnWriteArrayList<>();
        final AtomicBoolean gap = new AtomicBoolean();

        @Override
        public Set<String> resources() {
            return Set.of("/configmaps");
        }

        @Override
        public void onEvents(List<CacheEvent> some) {
            events.addAll(some);
        }

        @Override
        public void onGap() {
            gap.set(true);
        }
    }

    /** The store over a way that breaks, and comes back when what it would have carried is compacted. */
    private static final class Interrupted implements StateStore {
        private final InMemoryStateStore store;
        private volatile Subscription running;
        private volatile ChangeSink sink;

        Interrupted(InMemoryStateStore store) {
            this.store = store;
        }

        void compactUnseen(Runnable writes) {
            Await.until("a stream", Duration.ofSeconds(30), () -> running != null);
            running.close();
            writes.run();
            long compacted = store.compact(LogGroup.MAIN, store.currentRevision(LogGroup.MAIN));
            sink.onEnd(new ChangeSink.End.Compacted(compacted));
        }

        @Override
        public Subscription changes(ChangesQuery query, ChangeSink to) {
            sink = to;
            Subscription subscription = store.changes(query, new ChangeSink() {
                @Override
                public void onChanges(List<dev.xebec.contracts.state.Change> changes, long through) {
                    to.onChanges(changes, through);
                }

                @Override
                public void onProgress(long revision) {
                    to.onProgress(revision);
                }

                @Override
                public void onEnd(End end) {
                    if (!(end instanceof End.Closed)) {
                        to.onEnd(end);
                    }
                }
            });
            running = subscription;
            return subscription;
        }

        @Override
        public List<TxnResult> propose(Proposal proposal) {
            return store.propose(proposal);
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
        public long compact(LogGroup group, long revision) {
            return store.compact(group, revision);
        }

        @Override
        public StoreStatus status(LogGroup group) {
            return store.status(group);
        }
    }
}
