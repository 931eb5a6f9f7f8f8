package dev.xebec.simulator.state;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.state.machine.Applied;
import dev.xebec.state.machine.Entry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One entry on its way into the log, held by its proposer. */
final class Ticket {
    private final Seat seat;
    private final Entry entry;
    private final long dueNanos;
    private final CompletableFuture<Applied> answer = new CompletableFuture<>();

    /** @param dueNanos when it is agreed upon, if its proposer still leads */
    Ticket(Seat seat, Entry entry, long dueNanos) {
        this.seat = seat;
        this.entry = entry;
        this.dueNanos = dueNanos;
    }

    Seat seat() {
        return seat;
    }

    Entry entry() {
        return entry;
    }

    long dueNanos() {
        return dueNanos;
    }

    void applied(Applied applied) {
        answer.complete(applied);
    }

    void fail(UnavailableException why) {
        answer.completeExceptionally(why);
    }

    Applied await(Duration patience) {
        try {
            return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new UnavailableException(
                    "no majority of the state replicas answered in " + patience.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while an entry was under way");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnavailableException why) {
                throw why;
            }
            throw new IllegalStateException("an entry failed", e.getCause());
        }
    }
}
