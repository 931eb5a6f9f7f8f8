package dev.xebec.state.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.NotLeaderException;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.TxnResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A replica of three that leads, or takes itself for the leader, with the group's answers made by hand. */
final class ReadIndexTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Group group = new Group();
    private final AtomicInteger byTerms = new AtomicInteger();
    private final ReadIndex readIndex = new ReadIndex(group,
            new TermPoll("self", () -> Voters.of("self", "a", "b"), group, LONG),
            new Observer() {
                @Override
                public void confirmedByTerms() {
                    byTerms.incrementAndGet();
                }
            });

    private long confirm() throws Exception {
        return readIndex.confirm().get(60, TimeUnit.SECONDS);
    }

    @Test
    void provesALeadershipOnceByAnEntryAndThenByTheOthersTerms() throws Exception {
        assertThat(confirm()).isEqualTo(1);
        group.write();
        assertThat(confirm()).isEqualTo(2);
        assertThat(confirm()).isEqualTo(2);
        assertThat(group.entries).hasValue(1);
        assertThat(byTerms).hasValue(2);
    }

    /** What happened to a leader that stood still: it finds itself unchanged, and the others gone on. */
    @Test
    void answersNothingOldAfterStandingStillWhileTheOthersElected() throws Exception {
        confirm();
        group.othersElected();
        assertThatThrownBy(this::confirm).hasRootCauseInstanceOf(NotLeaderException.class);
        assertThat(byTerms).hasValue(0);
    }

    /** The pause may be at any step: here between the question and its answer. */
    @Test
    void answersNothingOldWhenTheOthersElectWhileTheyAreAsked() throws Exception {
        confirm();
        CountDownLatch question = group.holdQuestions();
        CompletableFuture<Long> round = readIndex.confirm();
        group.othersElected();
        question.countDown();
        assertThatThrownBy(() -> round.get(60, TimeUnit.SECONDS)).hasRootCauseInstanceOf(NotLeaderException.class);
    }

    @Test
    void provesAnewWhatItsNextLeadershipIs() throws Exception {
        confirm();
        group.term = 9;
        confirm();
        assertThat(group.entries).hasValue(2);
        confirm();
        assertThat(group.entries).hasValue(2);
    }

    /** A follower may have applied, and shown, what the leader has committed and not applied yet. */
    @Test
    void waitsForAllThatIsCommittedToBeAppliedHere() throws Exception {
        confirm();
        group.commitOnly();
        CompletableFuture<Long> round = readIndex.confirm();
        group.awaitWaiting();
        assertThat(round).isNotDone();
        group.applyAll();
        assertThat(round.get(60, TimeUnit.SECONDS)).isEqualTo(2);
    }

    @Test
    void leavesItToAnEntryWhereTooFewAnswer() throws Exception {
        confirm();
        group.deaf = true;
        group.write();
        assertThat(confirm()).isEqualTo(2);
        assertThat(group.entries).hasValue(2);
    }

    /** Index and revision are the same here; index 0 is the first entry. */
    private static final class Group implements ReadIndex.Seat, PeerForwarder {
        private final AtomicInteger entries = new AtomicInteger();
        private final AppliedIndex applied = new AppliedIndex();
        private final CountDownLatch waiting = new CountDownLatch(1);
        private volatile CountDownLatch question = new CountDownLatch(0);
        private volatile long term = 5;
        private volatile long othersTerm = 5;
        private volatile long committed = 1;
        private volatile boolean deaf;

        Group() {
            applied.reached(1);
        }

        void write() {
            commitOnly();
            applyAll();
        }

        void commitOnly() {
            committed++;
        }

        void applyAll() {
            applied.reached(committed);
        }

        void othersElected() {
            othersTerm = term + 1;
        }

        CountDownLatch holdQuestions() {
            question = new CountDownLatch(1);
            return question;
        }

        void awaitWaiting() throws InterruptedException {
            assertThat(waiting.await(60, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public long term() {
            return term;
        }

        @Override
        public long committedIndex() {
            return committed;
        }

        @Override
        public long revisionAt(long index) {
            waiting.countDown();
            applied.await(index, LONG);
            return index;
        }

        @Override
        public CompletableFuture<ReadIndex.Proof> prove() {
            if (othersTerm > term) {
                return CompletableFuture.failedFuture(new NotLeaderException("a"));
            }
            entries.incrementAndGet();
            return CompletableFuture.completedFuture(new ReadIndex.Proof(term, committed));
        }

        @Override
        public long termOf(String replica, Duration deadline) {
            try {
                question.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (deaf) {
                throw new UnavailableException("nobody hears");
            }
            return othersTerm;
        }

        @Override
        public List<TxnResult> proposeAsLeader(String leader, Proposal proposal, Duration deadline) {
            throw new UnsupportedOperationException("only terms are asked for");
        }

        @Override
        public long barrierAsLeader(String leader, LogGroup group, Duration deadline) {
            throw new UnsupportedOperationException("only terms are asked for");
        }

        @Override
        public long compactAsLeader(String leader, LogGroup group, long revision, Duration deadline) {
            throw new UnsupportedOperationException("only terms are asked for");
        }
    }
}
