package dev.xebec.gateway.quota;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.model.status.RejectedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A transaction that waits for its charge. */
record Pending(Demand demand, Txn txn, CompletableFuture<TxnResult> result) {

    static Pending of(Demand demand, Txn txn) {
        return new Pending(demand, txn, new CompletableFuture<>());
    }

    TxnResult await() {
        try {
            return result.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while waiting for a quota");
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case RejectedException refused -> throw refused;
                case UnavailableException unavailable -> throw unavailable;
                case null, default -> throw new IllegalStateException("a charge failed", failed.getCause());
            }
        }
    }
}
