package dev.xebec.state.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.LinearizabilityChecker;
import dev.xebec.contracts.state.LinearizabilityChecker.Operation;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.RecordingSink;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.Subscription;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.contracts.state.Write;
import dev.xebec.state.raft.RegisterClient;
import dev.xebec.state.raft.Writer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three replicas on three etcd members, whose leaders are killed. */
class EtcdFailoverTest {
    private static final int WRITERS = 6;

    @TempDir
    private Path directory;
    private List<EtcdMember> members = List.of();
    private final List<EtcdStateStore> stores = new ArrayList<>();

    @BeforeEach
    void start() throws IOException, InterruptedException {
        Assumptions.assumeTrue(EtcdMember.binary().isPresent(), "there is no etcd on the PATH (Debian: etcd-server)");
        members = EtcdMember.cluster(directory, 3);
        List<URI> endpoints = members.stream().map(EtcdMember::endpoint).toList();
        for (int i = 0; i < 3; i++) {
            stores.add(EtcdStateStore.open(EtcdConfig.of("replica-" + i, endpoints), InstantSource.system()));
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        stores.forEach(EtcdStateStore::close);
        for (EtcdMember member : members) {
            member.close();
        }
    }

    /** Puts without a guard would count up if they were applied again; a deletion would find gone what its guard is about. */
    @Test
    void appliesEachProposalOnceThoughLeadersDieInMidTransaction() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger repeated = new AtomicInteger();
        AtomicInteger written = new AtomicInteger();
        AtomicInteger deleted = new AtomicInteger();
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int number = i;
            writers.add(Thread.ofVirtual().start(() -> {
                Writer writer = new Writer();
                for (int count = 0; !over.get(); count++) {
                    String key = "once-" + number + "-" + count;
                    String gone = "gone-" + number + "-" + count;
                    List<TxnResult> put = proposeUntilAnswered(writer.proposal(Writer.putting(key + "a", "1"),
                            Writer.putting(key + "b", "1"), Writer.putting(gone, "1")), number, repeated);
                    written.addAndGet(2);
                    long revision = ((TxnResult.Committed) put.getLast()).revision();
                    proposeUntilAnswered(writer.proposal(new Txn(List.of(new Guard.ModRevision(gone, revision)),
                            List.of(new Write.Delete(gone)))), number, repeated);
                    deleted.incrementAndGet();
                }
            }));
        }
        for (int round = 0; round < 3; round++) {
            TimeUnit.MILLISECONDS.sleep(400);
            killLeaderAndStartItAgain();
        }
        over.set(true);
        for (Thread writer : writers) {
            writer.join();
        }
        List<KeyValue> found = Writer.read(stores.getFirst(), "once-");
        assertThat(found).hasSize(written.get()).allSatisfy(kv -> assertThat(kv.version()).as(kv.key()).isEqualTo(1));
        assertThat(Writer.read(stores.getFirst(), "gone-")).isEmpty();
        // A writer whose deletion was refused has ended before its time.
        assertThat(deleted.get()).isEqualTo(written.get() / 2);
        assertThat(repeated.get()).as("proposals whose first attempt had no answer").isPositive();
    }

    /** At another replica each time, and sometimes at two at once. */
    private List<TxnResult> proposeUntilAnswered(Proposal proposal, int number, AtomicInteger repeated) {
        for (int attempt = 0;; attempt++) {
            StateStore store = stores.get((number + attempt) % 3);
            StateStore other = stores.get((number + attempt + 1) % 3);
            Thread second = proposal.sequence() % 4 == 0
                    ? Thread.ofVirtual().start(() -> proposeOnce(other, proposal))
                    : null;
            List<TxnResult> answered = proposeOnce(store, proposal);
            join(second);
            if (!answered.isEmpty()) {
                return answered;
            }
            repeated.incrementAndGet();
        }
    }

    /** Empty where nobody knows. */
    private static List<TxnResult> proposeOnce(StateStore store, Proposal proposal) {
        try {
            List<TxnResult> results = store.propose(proposal);
            assertThat(results).hasOnlyElementsOfType(TxnResult.Committed.class);
            return results;
        } catch (UnavailableException nobodyKnows) {
            return List.of();
        }
    }

    private static void join(@Nullable Thread thread) {
        try {
            if (thread != null) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void staysLinearizableWhileLeadersDieAndTellsEveryRevisionOnce() throws Exception {
        RecordingSink sink = new RecordingSink();
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong clock = new AtomicLong();
        List<Operation> history = Collections.synchronizedList(new ArrayList<>());
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            RegisterClient client = new RegisterClient(i, stores::get, clock, history);
            clients.add(Thread.ofVirtual().start(() -> client.run(over)));
        }
        for (int round = 0; round < 3; round++) {
            TimeUnit.MILLISECONDS.sleep(500);
            killLeaderAndStartItAgain();
        }
        over.set(true);
        for (Thread client : clients) {
            client.join();
        }
        assertThat(history.stream().filter(operation -> operation.returned() != Operation.NEVER).count())
                .isGreaterThan(100);
        assertThat(LinearizabilityChecker.firstViolation(List.copyOf(history))).isEmpty();
        long last = stores.getFirst().currentRevision(LogGroup.MAIN);
        try (Subscription all = stores.get(0).changes(new ChangesQuery(LogGroup.MAIN, 1, ""), sink)) {
            List<Change> told = sink.awaitThrough(last);
            assertThat(told).extracting(Change::revision).isSorted().doesNotHaveDuplicates();
            RecordingSink other = new RecordingSink();
            try (Subscription again = stores.get(1).changes(new ChangesQuery(LogGroup.MAIN, 1, ""), other)) {
                assertThat(other.awaitThrough(last)).isEqualTo(told);
            }
        }
    }

    private void killLeaderAndStartItAgain() throws IOException, InterruptedException {
        EtcdMember leader = leader();
        leader.kill();
        TimeUnit.MILLISECONDS.sleep(1_500);
        leader.start();
        for (EtcdMember member : members) {
            member.awaitHealth();
        }
    }

    private EtcdMember leader() throws IOException, InterruptedException {
        while (true) {
            for (EtcdMember member : members) {
                if (member.leads()) {
                    return member;
                }
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
