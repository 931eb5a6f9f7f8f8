package dev.xebec.kit.state;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.codec.StateCodec;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes one proposal of all transactions that wait: while as many proposals are under way as may be, whatever comes
 * forms the next. No timers: a lone transaction leaves at once, on its caller's thread, and the busier the store the
 * larger the batches. Thread-safe.
 */
final class Coalescer {
    /** Transactions that may wait; beyond it callers hear that the store is overloaded. */
    static final int MAX_WAITING = 64 * 1_024;

    private final Batches batches;
    private final int maxInFlight;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private int inFlight;

    /** Applies a batch, whatever it takes. */
    interface Batches {
        List<TxnResult> apply(List<Txn> txns);
    }

    private record Waiting(Txn txn, int bytes, CompletableFuture<TxnResult> result) {
    }

    Coalescer(Batches batches, int maxInFlight) {
        this.batches = batches;
        this.maxInFlight = maxInFlight;
    }

    TxnResult commit(Txn txn) {
        int bytes = StateCodec.sizeOf(txn);
        if (bytes > Proposal.MAX_BYTES) {
            return new TxnResult.Invalid(
                    "a transaction of " + bytes + " bytes; at most " + Proposal.MAX_BYTES + " are allowed");
        }
        Waiting own = new Waiting(txn, bytes, new CompletableFuture<>());
        List<Waiting> batch = enter(own);
        if (!batch.isEmpty()) {
            carry(batch);
        }
        return await(own.result());
    }

    /** Queues; answers the batch to carry where there is room for one more in flight. */
    private List<Waiting> enter(Waiting own) {
        lock.lock();
        try {
            if (queue.size() >= MAX_WAITING) {
                throw new UnavailableException("more than " + MAX_WAITING + " transactions wait for the state service");
            }
            queue.add(own);
            if (inFlight == maxInFlight) {
                return List.of();
            }
            inFlight++;
            return nextBatch();
        } finally {
            lock.unlock();
        }
    }

    private List<Waiting> nextBatch() {
        List<Waiting> batch = new ArrayList<>(Math.min(queue.size(), Proposal.MAX_TXNS));
        long bytes = 0;
        for (Waiting next = queue.peek(); next != null && batch.size() < Proposal.MAX_TXNS; next = queue.peek()) {
            bytes += next.bytes();
            if (bytes > Proposal.MAX_BYTES && !batch.isEmpty()) {
                break;
            }
            batch.add(queue.remove());
        }
        return batch;
    }

    private void carry(List<Waiting> batch) {
        try {
            deliver(batch);
        } finally {
            List<Waiting> next = leave();
            if (!next.isEmpty()) {
                // The caller has its answer: somebody else's thread goes on.
                Thread.ofVirtual().name("state-proposals").start(() -> carry(next));
            }
        }
    }

    private void deliver(List<Waiting> batch) {
        try {
            List<TxnResult> results = batches.apply(batch.stream().map(Waiting::txn).toList());
            if (results.size() != batch.size()) {
                throw new IllegalStateException(results.size() + " results for " + batch.size() + " transactions");
            }
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).result().complete(results.get(i));
            }
        } catch (RuntimeException | Error e) {
            // Every caller of the batch gets it thrown; nothing is swallowed.
            batch.forEach(waiting -> waiting.result().completeExceptionally(e));
        }
    }

    private List<Waiting> leave() {
        lock.lock();
        try {
            if (queue.isEmpty()) {
                inFlight--;
                return List.of();
            }
            return nextBatch();
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    private static TxnResult await(CompletableFuture<TxnResult> result) {
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while waiting for the state service");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnavailableException unavailable) {
                throw unavailable;
            }
            throw new IllegalStateException("a proposal failed", e.getCause());
        }
    }
}
