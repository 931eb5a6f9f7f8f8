package dev.xebec.state.raft;

import dev.xebec.contracts.UnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks other replicas which term they are in. Asks only as many as a majority needs, those first that answered last time;
 * another one for each that fails or takes its time. One poll at a time.
 */
final class TermPoll {
    /** A replica that has not answered by then is no longer waited for alone. */
    static final Duration HEDGE = Duration.ofMillis(50);

    private final String self;
    private final Supplier<Voters> voters;
    private final PeerForwarder forwarder;
    private final Duration patience;
    private volatile List<String> answeredLast = List.of();

    private record Answer(String replica, long term) {
        static final long NONE = -1;
    }

    /**
     * @param voters as this replica's log has them, committed or not
     * @param patience how long one poll may take; a question that is under way then is left alone
     */
    TermPoll(String self, Supplier<Voters> voters, PeerForwarder forwarder, Duration patience) {
        this.self = self;
        this.voters = voters;
        this.forwarder = forwarder;
        this.patience = patience;
    }

    /**
     * Whether a majority of the voters, this one counted, was in no later term than this at some moment after the call. False
     * when one is in a later term, or when too few answer.
     */
    boolean isNewest(long term) {
        Round round = new Round(voters.get());
        boolean newest = round.run(term);
        answeredLast = round.answeredFirst();
        return newest;
    }

    private final class Round {
        private final Voters group;
        private final Queue<String> unasked = new ArrayDeque<>();
        private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
        private final List<String> answered = new ArrayList<>();
        private final Set<String> pending = new HashSet<>();

        Round(Voters group) {
            this.group = group;
            Set<String> others = group.othersThan(self);
            answeredLast.stream().filter(others::contains).forEach(unasked::add);
            others.stream().filter(other -> !unasked.contains(other)).forEach(unasked::add);
        }

        boolean run(long term) {
            long end = System.nanoTime() + patience.toNanos();
            while (!decides(Set.of())) {
                while (!decides(pending) && !unasked.isEmpty()) {
                    askOne();
                }
                if (!decides(pending)) {
                    return false;
                }
                Answer answer = next(end);
                if (answer == null) {
                    if (unasked.isEmpty()) {
                        return false;
                    }
                    askOne();
                } else if (answer.term() > term) {
                    return false;
                } else {
                    pending.remove(answer.replica());
                    if (answer.term() != Answer.NONE) {
                        answered.add(answer.replica());
                    }
                }
            }
            return true;
        }

        private boolean decides(Set<String> expected) {
            Set<String> all = new HashSet<>(expected);
            all.addAll(answered);
            all.add(self);
            return group.majority(all);
        }

        private void askOne() {
            String replica = unasked.remove();
            pending.add(replica);
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
            answeredLast.stream().filter(replica -> !answered.contains(replica)).forEach(next::add);
            return List.copyOf(next);
        }
    }
}
