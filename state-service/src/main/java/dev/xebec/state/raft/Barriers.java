package dev.xebec.state.raft;

import dev.xebec.contracts.UnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rounds of asking the group whether this replica still leads. A caller's answer comes from a round that began after the
 * call, so callers that arrive while a round is under way share the next one.
 */
final class Barriers {
    private final Supplier<CompletableFuture<Long>> round;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean running;
    private @Nullable CompletableFuture<Long> next;

    /** @param round begins one; its answer is a revision that covers all acknowledged before it began */
    Barriers(Supplier<CompletableFuture<Long>> round) {
        this.round = round;
    }

    long pass(Duration deadline) {
        try {
            return join().get(Math.max(0, deadline.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new UnavailableException("leadership was not confirmed in " + deadline.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnavailableException why) {
                throw why;
            }
            throw new UnavailableException("leadership was not confirmed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted at the read barrier", e);
        }
    }

    private CompletableFuture<Long> join() {
        CompletableFuture<Long> mine;
        lock.lock();
        try {
            if (next == null) {
                next = new CompletableFuture<>();
            }
            mine = next;
            if (running) {
                return mine;
            }
            running = true;
            next = null;
        } finally {
            lock.unlock();
        }
        begin(mine);
        return mine;
    }

    private void begin(CompletableFuture<Long> answer) {
        round.get().whenComplete((revision, failure) -> {
            if (failure == null) {
                answer.complete(revision);
            } else {
                answer.completeExceptionally(failure);
            }
            CompletableFuture<Long> waiting = takeNext();
            if (waiting != null) {
                begin(waiting);
            }
        });
    }

    private @Nullable CompletableFuture<Long> takeNext() {
        lock.lock();
        try {
            CompletableFuture<Long> waiting = next;
            next = null;
            running = waiting != null;
            return waiting;
        } finally {
            lock.unlock();
        }
    }
}
