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
    /** Commits that may wait; beyond it callers hear that the store is overloaded. */
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

    /** Transactions that stay together, in their order. */
    private record Waiting(List<Txn> txns, long bytes, CompletableFuture<List<TxnResult>> results) {
        static Waiting of(List<Txn> txns, long bytes) {
            return new Waiting(txns, bytes, new CompletableFuture<>());
        }
    }

    Coalescer(Batches batches, int maxInFlight) {
        this.batches = batches;
        this.maxInFlight = maxInFlight;
    }

    TxnResult commit(Txn txn) {
        int bytes = StateCodec.sizeOf(txn);
        return bytes > Proposal.MAX_BYTES ? tooLarge(bytes) : carried(Waiting.of(List.of(txn), bytes)).get(0);
    }

    /**
     * One result per transaction. They are applied in their order: where they do not fit into one proposal, the next part
     * leaves when the one before is answered.
     */
    List<TxnResult> commitAll(List<Txn> txns) {
        List<TxnResult> results = new ArrayList<>(txns.size());
        List<Txn> part = new ArrayList<>();
        long bytes = 0;
        for (Txn txn : txns) {
            int size = StateCodec.sizeOf(txn);
            boolean large = size > Proposal.MAX_BYTES;
            if (large || part.size() == Proposal.MAX_TXNS || bytes + size > Proposal.MAX_BYTES) {
                results.addAll(part.isEmpty() ? List.of() : carried(Waiting.of(List.copyOf(part), bytes)));
                part.clear();
                bytes = 0;
            }
            if (large) {
                results.add(tooLarge(size));
            } else {
                part.add(txn);
                bytes += size;
            }
        }
        results.addAll(part.isEmpty() ? List.of() : carried(Waiting.of(part, bytes)));
        return results;
    }

    private static TxnResult tooLarge(int bytes) {
        return new TxnResult.Invalid(
                "a transaction of " + bytes + " bytes; at most " + Proposal.MAX_BYTES + " are allowed");
    }

    private List<TxnResult> carried(Waiting own) {
        List<Waiting> batch = enter(own);
        if (!batch.isEmpty()) {
            carry(batch);
        }
        return await(own.results());
    }

    /** Queues; answers the batch to carry where there is room for one more in flight. */
    private List<Waiting> enter(Waiting own) {
        lock.lock();
        try {
            if (queue.size() >= MAX_WAITING) {
                throw new UnavailableException("more than " + MAX_WAITING + " commits wait for the state service");
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
        int txns = 0;
        for (Waiting next = queue.peek(); next != null; next = queue.peek()) {
            bytes += next.bytes();
            txns += next.txns().size();
            if ((bytes > Proposal.MAX_BYTES || txns > Proposal.MAX_TXNS) && !batch.isEmpty()) {
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
            List<Txn> txns = batch.stream().flatMap(waiting -> waiting.txns().stream()).toList();
            List<TxnResult> results = batches.apply(txns);
            if (results.size() != txns.size()) {
                throw new IllegalStateException(results.size() + " results for " + txns.size() + " transactions");
            }
            int at = 0;
            for (Waiting waiting : batch) {
                int end = at + waiting.txns().size();
                waiting.results().complete(List.copyOf(results.subList(at, end)));
                at = end;
            }
        } catch (RuntimeException | Error e) {
            // Every caller of the batch gets it thrown; nothing is swallowed.
            batch.forEach(waiting -> waiting.results().completeExceptionally(e));
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

    private static List<TxnResult> await(CompletableFuture<List<TxnResult>> results) {
        try {
            return results.get();
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
