package dev.xebec.state.raft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.TxnResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Replicas that answer, hang or are down, as the test wants it; no clock but that of giving up. */
final class TermPollTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(200);

    private final Replicas replicas = new Replicas();

    @AfterEach
    void releaseThoseThatHang() {
        replicas.released.countDown();
    }

    @Test
    void asksOnlyAsManyAsAMajorityNeeds() {
        TermPoll poll = new TermPoll("self", () -> Voters.of("self", "a", "b"), replicas, LONG);
        replicas.in(5, "a", "b");
        assertThat(poll.isNewest(5)).isTrue();
        assertThat(poll.isNewest(5)).isTrue();
        assertThat(replicas.asked).containsExactly("a", "a");
    }

    @Test
    void needsTwoOthersOfFive() {
        TermPoll poll = new TermPoll("self", () -> Voters.of("self", "a", "b", "c", "d"), replicas, LONG);
        replicas.in(5, "d");
        assertThat(poll.isNewest(5)).as("one answer and this replica are two of five").isFalse();
        replicas.in(5, "b");
        assertThat(poll.isNewest(5)).isTrue();
    }

    @Test
    void isNotNewestOnceOneOfTheAskedIsInALaterTerm() {
        TermPoll poll = new TermPoll("self", () -> Voters.of("self", "a", "b"), replicas, LONG);
        replicas.in(6, "a");
        replicas.in(5, "b");
        assertThat(poll.isNewest(5)).isFalse();
    }

    /** A replica that was away in the last elections has voted for nobody since. */
    @Test
    void countsOneThatIsInAnEarlierTerm() {
        TermPoll poll = new TermPoll("self", () -> Voters.of("self", "a", "b"), replicas, LONG);
        replicas.in(4, "a");
        assertThat(poll.isNewest(5)).isTrue();
    }

    @Test
    void asksTheNextWhenOneIsDownAndThatOneFirstFromThenOn() {
        TermPoll poll = new TermPoll("self", () -> Voters.of("self", "down", "up"), replicas, LONG);
        replicas.in(5, "up");
        assertThat(poll.isNewest(5)).isTrue();
        assertThat(poll.isNewest(5)).isTrue();
        assertThat(replicas.asked).containsExactly("down", "up", "up");
    }

    @Test
    void asksTheNextWhenOneHangsAndThatOneFirstFromThenOn() {
        TermPoll poll = new TermPoll("self", () -> Voters.of("self", "hangs", "up"), replicas, LONG);
        replicas.in(5, "up");
        assertThat(poll.isNewest(5)).isTrue();
        assertThat(poll.isNewest(5)).isTrue();
        assertThat(replicas.asked).containsExactly("hangs", "up", "up");
    }

    /** This replica alone is no majority: it may have been voted out long ago. */
    @Test
    void isNotNewestWhenTooFewAnswer() {
        TermPoll poll = new TermPoll("self", () -> Voters.of("self", "down", "hangs"), replicas, SHORT);
        assertThat(poll.isNewest(5)).isFalse();
    }

    private static final class Replicas implements PeerForwarder {
        private final Map<String, Long> terms = new ConcurrentHashMap<>();
        private final List<String> asked = new CopyOnWriteArrayList<>();
        private final CountDownLatch released = new CountDownLatch(1);

        void in(long term, String... replicas) {
            for (String replica : replicas) {
                terms.put(replica, term);
            }
        }

        @Override
        public long termOf(String replica, Duration deadline) {
            asked.add(replica);
            if (replica.equals("hangs")) {
                try {
                    released.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            Long term = terms.get(replica);
            if (term == null) {
                throw new UnavailableException(replica + " is down");
            }
            return term;
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
