package dev.xebec.state.raft;

import dev.xebec.contracts.UnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks other replicas which term they are in. Asks only as many as a majority needs, those first that answered last time;
 * another one for each that fails or takes its time. One poll at a time.
 */
final class TermPoll {
    /** A replica that has not answered by then is no longer waited for alone. */
    static final Duration HEDGE = Duration.ofMillis(50);

    private final int needed;
    private final PeerForwarder forwarder;
    private final Duration patience;
    private volatile List<String> order;

    private record Answer(String replica, long term) {
        static final long NONE = -1;
    }

    /**
     * @param others all replicas but this one
     * @param patience how long one poll may take; a question that is under way then is left alone
     */
    TermPoll(List<String> others, PeerForwarder forwarder, Duration patience) {
        this.order = List.copyOf(others);
        // With this replica, more than half of all.
        this.needed = (others.size() + 1) / 2;
        this.forwarder = forwarder;
        this.patience = patience;
    }

    /**
     * Whether a majority of all replicas, this one counted, was in no later term than this at some moment after the call. False
     * when one is in a later term, or when too few answer.
     */
    boolean isNewest(long term) {
        Round round = new Round();
        boolean newest = round.run(term);
        order = round.answeredFirst();
        return newest;
    }

    private final class Round {
        private final Queue<String> unasked = new ArrayDeque<>(order);
        private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
        private final List<String> answered = new ArrayList<>();
        private int asked;
        private int failed;

        boolean run(long term) {
            long end = System.nanoTime() + patience.toNanos();
            while (answered.size() < needed) {
                while (asked - failed < needed && !unasked.isEmpty()) {
                    askOne();
                }
                if (asked - failed < needed) {
                    return false;
                }
                Answer answer = next(end);
                if (answer == null) {
                    if (unasked.isEmpty()) {
                        return false;
                    }
                    askOne();
                } else if (answer.term() == Answer.NONE) {
                    failed++;
                } else if (answer.term() > term) {
                    return false;
                } else {
                    answered.add(answer.replica());
                }
            }
            return true;
        }

        private void askOne() {
            String replica = unasked.remove();
            asked++;
            Thread.ofVirtual().name("term-of-" + replica).start(() -> answers.add(new Answer(replica, ask(replica))));
        }

        private long ask(String replica) {
            try {
                return forwarder.termOf(replica, patience);
            } catch (UnavailableException e) {
                return Answer.NONE;
            }
        }

        private @Nullable Answer next(long end) {
            long left = end - System.nanoTime();
            try {
                return answers.poll(unasked.isEmpty() ? left : Math.min(left, HEDGE.toNanos()), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UnavailableException("interrupted while the replicas tell their terms", e);
            }
        }

        List<String> answeredFirst() {
            List<String> next = new ArrayList<>(answered);
            order.stream().filter(replica -> !answered.contains(replica)).forEach(next::add);
            return List.copyOf(next);
        }
    }
}
