package dev.xebec.kit.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.ChangeSink;
import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.OutcomeForgottenException;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.Subscription;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.contracts.state.Write;
import dev.xebec.kit.bus.BusSettings;
import dev.xebec.kit.bus.VertxBus;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client in one process, a replica in another, and what happens when the replica fails. */
class StateClientTest {
    private static final StateSettings PATIENT = StateSettings.DEFAULTS.withOverall(Duration.ofSeconds(60))
            .withAttempt(Duration.ofSeconds(60));

    private final TinyStore store = new TinyStore();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private Vertx vertx;
    private VertxBus bus;
    private VertxBus replicaBus;
    private StateEndpoint endpoint;
    private StateClient client;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        bus = new VertxBus(vertx, BusSettings.DEFAULTS.withPatience(Duration.ofSeconds(10)));
        replicaBus = new VertxBus(vertx);
        endpoint = new StateEndpoint(replicaBus, store, "me");
        client = new StateClient(bus, 42, PATIENT);
    }

    @AfterEach
    void stop() {
        store.gate.countDown();
        callers.close();
        endpoint.close();
        bus.close();
        replicaBus.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static Txn put(String key, String value) {
        return new Txn(List.of(), List.of(new Write.Put(key, Bytes.utf8(value), 0)));
    }

    private static Txn create(String key) {
        return new Txn(List.of(new Guard.Version(key, 0)), List.of(new Write.Put(key, Bytes.utf8("new"), 0)));
    }

    private <T> List<Future<T>> inParallel(int count, Callable<T> call) {
        return IntStream.range(0, count).mapToObj(i -> callers.submit(call)).toList();
    }

    private static void await(BooleanSupplier condition) {
        for (int i = 0; i < 6_000 && !condition.getAsBoolean(); i++) {
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private int proposals() {
        synchronized (store) {
            return store.proposals.size();
        }
    }

    @Test
    void aReplicaThatDoesNotKeepUpIsLeftForTheLeader() {
        endpoint.close();
        TinyStore stuck = new TinyStore();
        stuck.name = "stuck";
        StateClient impatient = new StateClient(bus, 43, PATIENT.withLag(Duration.ofMillis(50)));
        ChangesQuery all = new ChangesQuery(LogGroup.MAIN, 1, "");
        RecordedChanges sink = new RecordedChanges();
        try (StateEndpoint behind = new StateEndpoint(replicaBus, stuck, "stuck");
                Subscription first = impatient.changes(all, sink)) {
            endpoint = new StateEndpoint(replicaBus, store, "me");
            assertThat(impatient.commit(put("a", "x"))).isEqualTo(new TxnResult.Committed(1));
            assertThat(sink.end()).isInstanceOfSatisfying(ChangeSink.End.Lost.class,
                    lost -> assertThat(lost.reason()).startsWith("the replica stays at revision 0"));
            RecordedChanges next = new RecordedChanges();
            try (Subscription second = impatient.changes(all, next)) {
                await(() -> next.revisions().equals(List.of(1)));
            }
        }
    }

    @Test
    void aReplicaThatKeepsUpIsNotLeft() {
        StateClient impatient = new StateClient(bus, 43, PATIENT.withLag(Duration.ofMillis(50)));
        RecordedChanges sink = new RecordedChanges();
        try (Subscription subscription = impatient.changes(new ChangesQuery(LogGroup.MAIN, 1, ""), sink)) {
            impatient.commit(put("a", "x"));
            await(() -> sink.revisions().equals(List.of(1)));
            int seen = sink.told();
            await(() -> sink.told() > seen + 3);
            assertThat(sink.ended()).isFalse();
        }
    }

    @Test
    void commitsAndSaysWhatWasInTheWay() {
        assertThat(client.commit(create("a"))).isEqualTo(new TxnResult.Committed(1));
        assertThat(client.commit(create("a"))).isEqualTo(
                new TxnResult.Refused(1, List.of(new KeyValue("a", Bytes.utf8("new"), 1, 1, 1))));
    }

    @Test
    void whatWaitsWhileBatchesAreUnderWayBecomesOneProposal() throws Exception {
        client.commit(put("first", "x"));
        store.gate = new CountDownLatch(1);
        List<Future<TxnResult>> early = inParallel(2, () -> client.commit(put("early", "x")));
        await(() -> proposals() == 3);
        List<Future<TxnResult>> late = inParallel(300, () -> client.commit(put("late", "x")));
        await(() -> client.waiting() == 300);
        store.gate.countDown();
        for (Future<TxnResult> one : early) {
            assertThat(one.get()).isInstanceOf(TxnResult.Committed.class);
        }
        List<Long> revisions = new ArrayList<>();
        for (Future<TxnResult> one : late) {
            revisions.add(((TxnResult.Committed) one.get()).revision());
        }
        assertThat(revisions).doesNotHaveDuplicates().hasSize(300);
        assertThat(proposals()).isEqualTo(4);
    }

    @Test
    void aProposalIsNeverLargerThanItsLimits() throws Exception {
        store.gate = new CountDownLatch(1);
        List<Future<TxnResult>> early = inParallel(2, () -> client.commit(put("early", "x")));
        await(() -> proposals() == 2);
        Bytes threeMegabytes = Bytes.of(new byte[3 * 1024 * 1024]);
        List<Future<TxnResult>> large = inParallel(6, () -> client.commit(
                new Txn(List.of(), List.of(new Write.Put("large", threeMegabytes, 0)))));
        await(() -> client.waiting() == 6);
        store.gate.countDown();
        for (Future<TxnResult> one : large) {
            assertThat(one.get()).isInstanceOf(TxnResult.Committed.class);
        }
        for (Future<TxnResult> one : early) {
            one.get();
        }
        assertThat(store.proposals).allSatisfy(proposal -> assertThat(proposal.txns().size()).isLessThanOrEqualTo(2));
    }

    @Test
    void aForgottenOutcomeIsUnknownAndNotRetried() {
        store.forgetful = true;
        assertThatThrownBy(() -> client.commit(put("a", "1"))).isInstanceOf(OutcomeForgottenException.class);
        assertThat(store.proposals).hasSize(1);
    }

    @Test
    void aTransactionBeyondTheLimitIsInvalid() {
        Bytes huge = Bytes.of(new byte[Proposal.MAX_BYTES + 1]);
        assertThat(client.commit(new Txn(List.of(), List.of(new Write.Put("huge", huge, 0)))))
                .isInstanceOf(TxnResult.Invalid.class);
        assertThat(store.proposals).isEmpty();
    }

    @Test
    void aProposalWhoseAnswerWasLostIsAppliedOnce() {
        store.failuresAfterApplying.set(3);
        assertThat(client.commit(create("a"))).isEqualTo(new TxnResult.Committed(1));
        assertThat(store.proposals).hasSize(4);
        assertThat(store.proposals).extracting(Proposal::sequence).containsOnly(1L);
        assertThat(client.commit(create("b"))).isEqualTo(new TxnResult.Committed(2));
    }

    @Test
    void tellsWhichSequencesAreSettled() {
        client.commit(put("a", "1"));
        client.commit(put("a", "2"));
        assertThat(store.proposals).extracting(Proposal::settledBelow).containsExactly(1L, 2L);
        assertThat(store.proposals).extracting(Proposal::client).containsOnly(42L);
    }

    @Test
    void learnsTheLeaderAndAsksItFromThenOn() {
        TinyStore follower = new TinyStore();
        follower.name = "follower";
        follower.leader = "me";
        try (StateEndpoint own = new StateEndpoint(bus, follower, "follower")) {
            client.commit(put("a", "1"));
            follower.leader = "nobody that exists";
            for (int i = 0; i < 5; i++) {
                client.commit(put("a", "2"));
            }
            assertThat(store.proposals).hasSize(6);
        }
    }

    @Test
    void aReadThatFailsIsTriedElsewhereAndDoesNotForgetTheLeader() {
        TinyStore follower = new TinyStore();
        follower.name = "follower";
        follower.leader = "me";
        try (StateEndpoint own = new StateEndpoint(bus, follower, "follower")) {
            client.commit(put("a", "1"));
            follower.failingRanges.set(1);
            assertThat(((RangeResult.Page) client.range(RangeQuery.prefix("a"))).keyValues()).hasSize(1);
            follower.leader = "nobody that exists";
            client.commit(put("a", "2"));
            assertThat(store.proposals).hasSize(2);
        }
    }

    @Test
    void goesToTheNextLeaderWhenTheLeaderDies() {
        client.commit(put("a", "1"));
        TinyStore next = new TinyStore();
        next.name = "next";
        next.leader = "next";
        try (VertxBus nextBus = new VertxBus(vertx); StateEndpoint other = new StateEndpoint(nextBus, next, "next")) {
            replicaBus.close();
            assertThat(client.commit(put("a", "2"))).isInstanceOf(TxnResult.Committed.class);
            assertThat(next.proposals).hasSize(1);
        }
    }

    @Test
    void doesNotWaitForALeaderThatHangsOnceAnotherLeads() throws Exception {
        TinyStore next = new TinyStore();
        next.name = "next";
        next.leader = "me";
        try (StateEndpoint own = new StateEndpoint(bus, next, "next")) {
            client.commit(put("a", "1"));
            store.gate = new CountDownLatch(1);
            Future<TxnResult> write = callers.submit(() -> client.commit(put("a", "2")));
            Future<Long> read = callers.submit(() -> client.currentRevision(LogGroup.MAIN));
            await(() -> proposals() == 2 && store.barriers.get() == 1);
            next.leader = "next";
            assertThat(write.get(30, TimeUnit.SECONDS)).isInstanceOf(TxnResult.Committed.class);
            assertThat(read.get(30, TimeUnit.SECONDS)).isLessThanOrEqualTo(1);
            assertThat(next.proposals).hasSize(1);
        }
    }

    @Test
    void waitsUntilSomebodyLeads() throws Exception {
        store.leader = "";
        Future<TxnResult> waiting = callers.submit(() -> client.commit(put("a", "1")));
        Thread.sleep(200);
        assertThat(waiting.isDone()).isFalse();
        store.leader = "me";
        assertThat(waiting.get()).isEqualTo(new TxnResult.Committed(1));
    }

    @Test
    void givesUpAfterTheOverallLimitAndSaysWhy() {
        store.leader = "";
        StateClient impatient = new StateClient(bus, 7, PATIENT.withOverall(Duration.ofMillis(300)));
        assertThatThrownBy(() -> impatient.commit(put("a", "1"))).isInstanceOf(UnavailableException.class)
                .hasMessageContaining("300 ms").hasMessageContaining("no leader is known");
        assertThatThrownBy(() -> impatient.currentRevision(LogGroup.MAIN)).isInstanceOf(UnavailableException.class);
    }

    @Test
    void barriersThatWaitShareTheNext() throws Exception {
        client.commit(put("a", "1"));
        store.gate = new CountDownLatch(1);
        List<Future<Long>> early = inParallel(1, () -> client.currentRevision(LogGroup.MAIN));
        await(() -> store.barriers.get() == 1);
        List<Future<Long>> late = inParallel(100, () -> client.currentRevision(LogGroup.MAIN));
        await(() -> client.waitingForBarrier() == 100);
        store.gate.countDown();
        assertThat(early.get(0).get()).isEqualTo(1);
        for (Future<Long> one : late) {
            assertThat(one.get()).isEqualTo(1);
        }
        assertThat(store.barriers).hasValue(2);
    }

    @Test
    void readsALongRangePageByPage() {
        for (int i = 0; i < 10; i++) {
            int batch = i;
            client.propose(new Proposal(LogGroup.MAIN, 1, i + 1, 0, IntStream.range(0, 200)
                    .mapToObj(n -> put(String.format("k/%04d", batch * 200 + n), "v".repeat(2_000))).toList()));
        }
        RangeResult.Page all = (RangeResult.Page) client.range(RangeQuery.prefix("k/"));
        assertThat(all.keyValues()).hasSize(2_000).isSortedAccordingTo((a, b) -> a.key().compareTo(b.key()));
        assertThat(all.more()).isFalse();
        assertThat(all.revision()).isEqualTo(2_000);
        assertThat(store.ranges.get()).isGreaterThan(3);

        RangeResult.Page some = (RangeResult.Page) client.range(new RangeQuery(LogGroup.MAIN, "k/", "", 0, 1_500));
        assertThat(some.keyValues()).hasSize(1_500);
        assertThat(some.more()).isTrue();
        assertThat(some.keyValues().get(1_499).key()).isEqualTo("k/1499");
    }

    @Test
    void aReadThatCompactionOvertakesBeginsAnew() {
        client.propose(new Proposal(LogGroup.MAIN, 1, 1, 0,
                IntStream.range(0, 600).mapToObj(n -> put("k/" + n, "v")).toList()));
        store.compactedRanges.set(1);
        assertThat(((RangeResult.Page) client.range(RangeQuery.prefix("k/"))).keyValues()).hasSize(600);
        store.compactedRanges.set(1);
        assertThat(client.range(RangeQuery.prefix("k/").at(5))).isEqualTo(new RangeResult.Compacted(5));
    }

    @Test
    void streamsChangesInOrderAndThenProgress() {
        client.commit(put("a", "1"));
        RecordedChanges sink = new RecordedChanges();
        try (Subscription subscription = client.changes(new ChangesQuery(LogGroup.MAIN, 1, ""), sink)) {
            for (int i = 2; i <= 50; i++) {
                client.commit(put("a", Integer.toString(i)));
            }
            await(() -> sink.through() == 50);
            assertThat(sink.revisions()).containsExactlyElementsOf(IntStream.rangeClosed(1, 50).boxed().toList());
            await(() -> sink.progress() == 50);
        }
        assertThat(sink.end()).isInstanceOf(ChangeSink.End.Closed.class);
    }

    @Test
    void aStreamWhoseReplicaDiesIsLost() {
        RecordedChanges sink = new RecordedChanges();
        client.commit(put("a", "1"));
        try (Subscription subscription = client.changes(new ChangesQuery(LogGroup.MAIN, 1, ""), sink)) {
            await(() -> sink.through() == 1);
            replicaBus.close();
            assertThat(sink.end()).isInstanceOf(ChangeSink.End.Lost.class);
        }
    }

    /** A replica that was removed runs on, and would tell of its last revision for ever. */
    @Test
    void aStreamOfAReplicaThatLeavesTheBusIsLost() {
        RecordedChanges sink = new RecordedChanges();
        client.commit(put("a", "1"));
        try (Subscription subscription = client.changes(new ChangesQuery(LogGroup.MAIN, 1, ""), sink)) {
            await(() -> sink.through() == 1);
            endpoint.close();
            assertThat(sink.end()).isInstanceOfSatisfying(ChangeSink.End.Lost.class,
                    lost -> assertThat(lost.reason()).contains("state replica me leaves"));
        }
    }

    @Test
    void aStreamFromACompactedRevisionSaysSo() {
        store.name = "compacted";
        RecordedChanges sink = new RecordedChanges();
        try (Subscription subscription = client.changes(new ChangesQuery(LogGroup.MAIN, 1, ""), sink)) {
            assertThat(sink.end()).isEqualTo(new ChangeSink.End.Compacted(3));
        }
    }

    @Test
    void aWrongRequestIsNotRetried() {
        assertThat(client.compact(LogGroup.MAIN, 5)).isEqualTo(5);
        assertThatThrownBy(() -> client.compact(LogGroup.MAIN, -1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a negative revision");
    }

    @Test
    void statusIsThatOfAReplica() {
        client.commit(put("a", "1"));
        assertThat(client.status(LogGroup.MAIN).revision()).isEqualTo(1);
        assertThat(client.status(LogGroup.MAIN).isLeader()).isTrue();
    }
}
