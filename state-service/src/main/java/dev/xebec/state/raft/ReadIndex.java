package dev.xebec.state.raft;

import java.util.concurrent.CompletableFuture;

/**
 * Rounds of the read barrier on a replica that leads: which revision covers all that anybody was told before the round. The
 * first of each leadership is an entry in the log, which proves the term that this replica leads; those after it only ask a
 * majority whether it is in a later term, and cost no disk anything. Where something is in doubt, an entry decides again.
 *
 * <p>A replica that votes for another leader is in that leader's term before its vote counts. So while a majority is not, nobody
 * else has led, acknowledged or committed anything. No clock takes part: it holds however long anybody stands still between two
 * steps. The whole argument: {@code docs/decisions/0006-read-barrier.md}. Source: Ongaro, Consensus: Bridging Theory and
 * Practice, 6.4.
 */
final class ReadIndex {
    /** No leader has ever this term. */
    private static final long NONE = 0;

    private final Seat seat;
    private final TermPoll poll;
    private final Observer observer;
    private volatile long proven = NONE;

    /** What this replica knows of itself, and its way into the log. */
    interface Seat {
        long term();

        /** The last entry that is known here to be committed. */
        long committedIndex();

        /** Waits until that entry is applied here. */
        long revisionAt(long index);

        /** Puts an entry of its own into the log, which fails where another leads; done when it is applied here. */
        CompletableFuture<Proof> prove();
    }

    /**
     * @param term the entry's, in which this replica led
     * @param revision after the entry, here
     */
    record Proof(long term, long revision) {}

    ReadIndex(Seat seat, TermPoll poll, Observer observer) {
        this.seat = seat;
        this.poll = poll;
        this.observer = observer;
    }

    /** Begins a round; one at a time. */
    CompletableFuture<Long> confirm() {
        long term = proven;
        if (term == NONE || term != seat.term()) {
            return byEntry();
        }
        CompletableFuture<Long> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("read-index").start(() -> byTerms(term, answer));
        return answer;
    }

    private void byTerms(long term, CompletableFuture<Long> answer) {
        try {
            // Before anybody is asked: it is for this moment that the answers hold. And what is committed, not what is applied
            // here: another replica may have applied more, and have shown it.
            long committed = seat.committedIndex();
            if (poll.isNewest(term)) {
                long revision = seat.revisionAt(committed);
                observer.confirmedByTerms();
                answer.complete(revision);
            } else {
                byEntry().whenComplete((revision, failure) -> {
                    if (failure == null) {
                        answer.complete(revision);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                });
            }
        } catch (RuntimeException | Error e) {
            // Thrown to every caller that shares the round.
            answer.completeExceptionally(e);
        }
    }

    private CompletableFuture<Long> byEntry() {
        return seat.prove().thenApply(proof -> {
            proven = proof.term();
            observer.confirmedByEntry();
            return proof.revision();
        });
    }
}
