package dev.xebec.kit.reconcile;

import static dev.xebec.kit.client.Objects.pod;
import static dev.xebec.kit.reconcile.PodSetReconciler.PODS;
import static dev.xebec.kit.reconcile.PodSetReconciler.SETS;
import static dev.xebec.kit.reconcile.PodSetReconciler.set;
import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.member.Ownership;
import dev.xebec.kit.client.MemoryApi;
import dev.xebec.kit.client.MemoryGateway;
import dev.xebec.kit.client.Resources;
import dev.xebec.kit.informer.Cache;
import dev.xebec.kit.informer.Informer.ObjectChange;
import dev.xebec.kit.informer.WatchInformer;
import dev.xebec.kit.metrics.PrometheusMetrics;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.status.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReconcileLoopTest {
    private final MemoryApi api = new MemoryApi();
    private final PrometheusMetrics metrics = new PrometheusMetrics();
    private final List<AutoCloseable> open = new ArrayList<>();

    /** Ownership that a test sets. */
    private static final class Share implements Ownership {
        private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
        private volatile Predicate<String> owned;

        Share(Predicate<String> owned) {
            this.owned = owned;
        }

        void set(Predicate<String> now) {
            owned = now;
            listeners.forEach(Runnable::run);
        }

        @Override
        public boolean owns(String key) {
            return owned.test(key);
        }

        @Override
        public void onChange(Runnable listener) {
            listeners.add(listener);
        }

        @Override
        public int sharePercent() {
            return 100;
        }
    }

    /** A plan by a function, looked at for one set. */
    private record Planned(java.util.function.BiFunction<ObjectKey, Cache, Plan> plan) implements Reconciler {
        @Override
        public String name() {
            return "planned";
        }

        @Override
        public Set<GroupVersionResource> reads() {
            return Set.of(SETS, PODS);
        }

        @Override
        public Collection<ObjectKey> keysFor(ObjectChange change, Cache cache) {
            return change.resource().equals(SETS) ? List.of(change.any().key()) : List.of();
        }

        @Override
        public Plan reconcile(ObjectKey key, Cache cache, Instant now) {
            return plan.apply(key, cache);
        }

        @Override
        public Collection<ObjectKey> allKeys(Cache cache) {
            return cache.list(SETS).stream().map(ApiObject::key).toList();
        }
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private ReconcileLoop loop(Reconciler reconciler, Ownership ownership, MemoryGateway gateway,
            InstantSource clock) {
        return loop(reconciler, ownership, gateway, clock, clock);
    }

    private ReconcileLoop loop(Reconciler reconciler, Ownership ownership, MemoryGateway gateway,
            InstantSource clock, InstantSource steady) {
        Resources resources = new Resources(gateway);
        Events events = new Events(resources, reconciler.name() + "-controller", clock);
        WatchInformer informer = new WatchInformer(gateway, List.of(SETS, PODS), "", "", "");
        ReconcileLoop loop = new ReconcileLoop(reconciler, informer, ownership, resources, events, metrics, clock,
                steady, LoopSettings.DEFAULT);
        loop.start();
        informer.start();
        open.addAll(List.of(events, informer, loop));
        return loop;
    }

    private ReconcileLoop loop(Reconciler reconciler) {
        return loop(reconciler, new Share(key -> true), api.gateway(), InstantSource.system());
    }

    private static void await(BooleanSupplier condition) {
        long giveUp = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting").isLessThan(giveUp);
            try {
                Thread.sleep(2);
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
    }

    private void awaitPods(String set, int count) {
        await(() -> api.list(PODS).stream().filter(pod -> pod.name().startsWith(set + "-")).count() == count
                && api.get(SETS, "default", set).tree().path("seen").asInt() == count);
    }

    @Test
    void makesWhatIsAskedForAndKeepsIt() {
        api.put(SETS, set("web", 3));
        loop(new PodSetReconciler());
        awaitPods("web", 3);
        api.delete(PODS, "default", "web-1");
        awaitPods("web", 3);
        api.put(SETS, set("web", 1));
        awaitPods("web", 1);
        assertThat(metrics.exposition()).contains("workqueue_adds_total{name=\"podset\"}")
                .contains("workqueue_depth{name=\"podset\"} 0")
                .contains("workqueue_work_duration_seconds_count{name=\"podset\"}");
    }

    @Test
    void twoLoopsThatBothOwnEverythingMakeNoDuplicates() {
        for (int i = 0; i < 20; i++) {
            api.put(SETS, set("set" + i, 5));
        }
        loop(new PodSetReconciler());
        loop(new PodSetReconciler());
        for (int i = 0; i < 20; i++) {
            awaitPods("set" + i, 5);
        }
        for (int i = 0; i < 20; i++) {
            api.put(SETS, set("set" + i, i % 3));
        }
        for (int i = 0; i < 20; i++) {
            awaitPods("set" + i, i % 3);
        }
        assertThat(api.list(PODS)).hasSize(7 * 1 + 6 * 2);
        assertThat(metrics.exposition()).contains("panics_total{controller=\"podset\"} 0\n");
    }

    @Test
    void worksOnItsShareOnlyAndTakesOverWhenItGrows() {
        Share share = new Share(key -> key.equals("podset/default/mine"));
        api.put(SETS, set("mine", 1), set("yours", 1));
        ReconcileLoop loop = loop(new PodSetReconciler(), share, api.gateway(), InstantSource.system());
        awaitPods("mine", 1);
        await(loop::idle);
        assertThat(api.get(PODS, "default", "yours-0")).isNull();

        share.set(key -> key.equals("podset/default/yours"));
        awaitPods("yours", 1);
        api.put(SETS, set("mine", 2), set("yours", 2));
        awaitPods("yours", 2);
        await(loop::idle);
        assertThat(api.get(PODS, "default", "mine-1")).isNull();
    }

    @Test
    void aFaultIsCountedAndTriedAgainAndStopsNoOtherKey() {
        AtomicInteger faults = new AtomicInteger();
        Reconciler healthy = new PodSetReconciler();
        api.put(SETS, set("bad", 1), set("good", 1));
        loop(new Planned((key, cache) -> {
            if (key.name().equals("bad") && faults.getAndIncrement() < 3) {
                throw new IllegalStateException("a reconciler's fault, thrown by a test");
            }
            return healthy.reconcile(key, cache, Instant.EPOCH);
        }));
        await(() -> api.list(PODS).size() == 2);
        assertThat(metrics.exposition()).contains("panics_total{controller=\"planned\"} 3\n")
                .contains("workqueue_retries_total{name=\"planned\"} 3\n");
    }

    @Test
    void looksAgainAfterTheTimeThePlanAsksFor() {
        TestClock clock = new TestClock();
        AtomicInteger looks = new AtomicInteger();
        api.put(SETS, set("web", 0));
        ReconcileLoop loop = loop(new Planned((key, cache) -> {
            looks.incrementAndGet();
            return Plan.after(Duration.ofMinutes(5));
        }), new Share(key -> true), api.gateway(), clock);
        await(() -> looks.get() >= 1 && loop.idle());
        int before = looks.get();
        clock.advance(Duration.ofMinutes(4));
        loop.queue(new ObjectKey("default", "other"));
        await(() -> looks.get() == before + 1 && loop.idle());
        clock.advance(Duration.ofMinutes(1));
        await(() -> looks.get() == before + 2);
    }

    @Test
    void aTimeOfDayThatIsSetNeitherHurriesAKeyNorKeepsIt() {
        TestClock day = new TestClock();
        TestClock steady = new TestClock();
        AtomicInteger looks = new AtomicInteger();
        AtomicInteger others = new AtomicInteger();
        api.put(SETS, set("web", 0));
        ReconcileLoop loop = loop(new Planned((key, cache) -> {
            int seen = (key.name().equals("web") ? looks : others).incrementAndGet();
            day.advance(Duration.ofMinutes(seen % 2 == 0 ? 10 : -10));
            return Plan.after(Duration.ofMinutes(5));
        }), new Share(key -> true), api.gateway(), day, steady);
        await(() -> looks.get() >= 1 && loop.idle());
        for (int again = 0; again < 4; again++) {
            int before = looks.get();
            int othersBefore = others.get();
            steady.advance(Duration.ofMinutes(4));
            loop.queue(new ObjectKey("default", "other"));
            await(() -> others.get() > othersBefore && loop.idle());
            steady.advance(Duration.ofMinutes(5));
            await(() -> looks.get() > before && loop.idle());
        }
        // The start may look twice; a key that a jump hurries is looked at without end.
        assertThat(looks.get()).isLessThanOrEqualTo(12);
    }

    @Test
    void aConflictDropsTheRestAndTheKeyIsLookedAtAgain() {
        api.put(SETS, set("web", 0));
        api.put(PODS, pod("default", "taken"));
        AtomicInteger looks = new AtomicInteger();
        loop(new Planned((key, cache) -> looks.incrementAndGet() == 1
                ? Plan.of(create("one"), create("taken"), create("two"))
                : cache.get(PODS, new ObjectKey("default", "three")) == null
                        ? Plan.of(create("three"))
                        : Plan.NOTHING));
        await(() -> api.get(PODS, "default", "three") != null);
        assertThat(api.list(PODS)).extracting(ApiObject::name).containsExactly("one", "taken", "three");
        assertThat(metrics.exposition())
                .contains("reconcile_total{controller=\"planned\",result=\"requeue\"} 1\n")
                .contains("reconcile_total{controller=\"planned\",result=\"error\"} 0\n");
    }

    private static Action create(String name) {
        return new Action.Create(PODS, ApiObject.of(pod("default", name)));
    }

    @Test
    void refusalsAndDeadGatewaysAreTriedUntilItWorks() {
        AtomicInteger refusals = new AtomicInteger();
        api.refuse(request -> request.method().equals("POST") && refusals.getAndIncrement() < 4
                ? Status.forbidden(PODS, "", "exceeded quota")
                : null);
        api.put(SETS, set("web", 1));
        MemoryGateway gateway = api.gateway();
        loop(new PodSetReconciler(), new Share(key -> true), gateway, InstantSource.system());
        awaitPods("web", 1);
        gateway.die();
        api.put(SETS, set("web", 2));
        gateway.revive();
        awaitPods("web", 2);
        assertThat(metrics.exposition()).contains("panics_total{controller=\"podset\"} 0\n");
    }

    @Test
    void waitsForTheCacheToShowWhatWasWritten() {
        // The watch dies with the first write: the cache is behind until the gateway is back.
        MemoryGateway watching = api.gateway();
        MemoryGateway writing = api.gateway();
        AtomicInteger looks = new AtomicInteger();
        WatchInformer informer = new WatchInformer(watching, List.of(SETS, PODS), "", "", "");
        Resources resources = new Resources(writing);
        InstantSource clock = InstantSource.system();
        ReconcileLoop loop = new ReconcileLoop(new Planned((key, cache) -> {
            looks.incrementAndGet();
            watching.die();
            return cache.list(PODS).isEmpty() ? Plan.of(create("pod-" + looks.get())) : Plan.NOTHING;
        }), informer, new Share(key -> true), resources, new Events(resources, "test", clock), metrics, clock,
                clock, new LoopSettings(4, Duration.ofMillis(5), Duration.ofSeconds(30), Duration.ofMillis(50)));
        api.put(SETS, set("web", 0));
        loop.start();
        informer.start();
        open.addAll(List.of(informer, loop));
        await(() -> api.list(PODS).size() == 1 && loop.idle());
        loop.queue(new ObjectKey("default", "web"));
        await(loop::idle);
        loop.queue(new ObjectKey("default", "web"));
        await(loop::idle);
        assertThat(looks).hasValue(1);

        watching.revive();
        await(() -> looks.get() > 1);
        assertThat(api.list(PODS)).extracting(ApiObject::name).containsExactly("pod-1");
    }

    @Test
    void beingToldToWaitWithAnEvictionIsNoError() {
        api.put(SETS, set("web", 0));
        api.put(PODS, pod("default", "guarded"));
        api.refuse(request -> request.path().endsWith("/eviction")
                ? Status.tooManyRequests("Cannot evict pod as it would violate the pod's disruption budget.", 0)
                : null);
        loop(new Planned((key, cache) -> cache.get(PODS, new ObjectKey("default", "next")) == null
                ? Plan.of(new Action.Evict(new ObjectKey("default", "guarded"), ""), create("next"))
                : Plan.NOTHING));
        await(() -> api.get(PODS, "default", "next") != null);
        ApiRequest eviction = api.requests("POST").get(0);
        assertThat(eviction.path()).isEqualTo("/api/v1/namespaces/default/pods/guarded/eviction");
        assertThat(Json.parse(eviction.body().array()).path("kind").asText()).isEqualTo("Eviction");
        await(() -> metrics.exposition()
                .contains("reconcile_total{controller=\"planned\",result=\"requeue_after\"} 1\n"));
        assertThat(metrics.exposition()).contains("reconcile_total{controller=\"planned\",result=\"error\"} 0\n");
    }
}
