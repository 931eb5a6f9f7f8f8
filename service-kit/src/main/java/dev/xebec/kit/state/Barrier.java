package dev.xebec.kit.state;

import dev.xebec.contracts.UnavailableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Read barriers shared by their callers: who comes while one is under way waits for the next, which begins after it
 * came and so counts for it. Thread-safe.
 */
final class Barrier {
    private final LongSupplier ask;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean underWay;
    private int sharers;
    private @Nullable CompletableFuture<Long> next;

    Barrier(LongSupplier ask) {
        this.ask = ask;
    }

    long await() {
        CompletableFuture<Long> mine;
        boolean first;
        lock.lock();
        try {
            first = !underWay;
            underWay = true;
            CompletableFuture<Long> shared = next;
            mine = first || shared == null ? new CompletableFuture<>() : shared;
            if (!first) {
                next = mine;
                sharers++;
            }
        } finally {
            lock.unlock();
        }
        if (first) {
            carry(mine);
        }
        return get(mine);
    }

    private void carry(CompletableFuture<Long> waiting) {
        try {
            waiting.complete(ask.getAsLong());
        } catch (RuntimeException | Error e) {
            // Thrown to every caller that shares it.
            waiting.completeExceptionally(e);
        } finally {
            CompletableFuture<Long> following = leave();
            if (following != null) {
                Thread.ofVirtual().name("state-barrier").start(() -> carry(following));
            }
        }
    }

    private @Nullable CompletableFuture<Long> leave() {
        lock.lock();
        try {
            CompletableFuture<Long> following = next;
            next = null;
            sharers = 0;
            underWay = following != null;
            return following;
        } finally {
            lock.unlock();
        }
    }

    /** Callers that wait for the next barrier. */
    int waiting() {
        lock.lock();
        try {
            return sharers;
        } finally {
            lock.unlock();
        }
    }

    private static long get(CompletableFuture<Long> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while waiting for the state service");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnavailableException unavailable) {
                throw unavailable;
            }
            throw new IllegalStateException("a read barrier failed", e.getCause());
        }
    }
}
