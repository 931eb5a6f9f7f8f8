package dev.xebec.state.etcd;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.contracts.state.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/**
 * The transactions of one proposal under way: those that share a key one after the other, in their order; all others at once,
 * because etcd writes to its disk once for all that come together. Where one fails, what follows on its keys is not tried.
 */
final class Batch {
    private final List<Txn> txns;
    private final Semaphore slots;
    private final Step step;

    /** What is done for the transaction at an index. */
    interface Step {
        TxnResult apply(int index, Txn txn);
    }

    /** @param slots how many transactions may be under way at once, of all batches */
    Batch(List<Txn> txns, Semaphore slots, Step step) {
        this.txns = txns;
        this.slots = slots;
        this.step = step;
    }

    List<TxnResult> run() {
        if (txns.size() == 1) {
            return List.of(apply(0));
        }
        List<CompletableFuture<TxnResult>> results = new ArrayList<>(txns.size());
        Map<String, CompletableFuture<TxnResult>> lastOn = new HashMap<>();
        for (int index = 0; index < txns.size(); index++) {
            Set<String> keys = keys(txns.get(index));
            List<CompletableFuture<TxnResult>> before = keys.stream().flatMap(key -> Stream.ofNullable(lastOn.get(key)))
                    .distinct().toList();
            CompletableFuture<TxnResult> result = start(index, before);
            results.add(result);
            keys.forEach(key -> lastOn.put(key, result));
        }
        List<TxnResult> answers = new ArrayList<>(txns.size());
        for (CompletableFuture<TxnResult> result : results) {
            try {
                answers.add(result.join());
            } catch (CompletionException failed) {
                throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
            }
        }
        return answers;
    }

    private CompletableFuture<TxnResult> start(int index, List<CompletableFuture<TxnResult>> before) {
        CompletableFuture<TxnResult> result = new CompletableFuture<>();
        Thread.ofVirtual().name("etcd-txn").start(() -> {
            try {
                before.forEach(CompletableFuture::join);
                result.complete(apply(index));
            } catch (RuntimeException | Error failed) {
                result.completeExceptionally(failed);
            }
        });
        return result;
    }

    private TxnResult apply(int index) {
        try {
            slots.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while waiting for etcd", e);
        }
        try {
            return step.apply(index, txns.get(index));
        } finally {
            slots.release();
        }
    }

    private static Set<String> keys(Txn txn) {
        Set<String> keys = new LinkedHashSet<>();
        txn.guards().stream().map(Guard::key).forEach(keys::add);
        txn.writes().stream().map(Write::key).forEach(keys::add);
        return keys;
    }
}
