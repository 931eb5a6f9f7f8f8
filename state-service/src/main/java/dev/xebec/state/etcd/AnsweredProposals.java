package dev.xebec.state.etcd;

import dev.xebec.contracts.state.OutcomeForgottenException;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.TxnResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What this replica answered to proposals, so that one that comes again gets the same answer. Another replica that never
 * saw it judges it anew, and {@link Registers} keep what was applied from being applied again; what was refused before may be
 * applied then, which nobody can tell, because a client repeats only what it never heard of. Thread-safe.
 */
final class AnsweredProposals {
    /** Processes; the one silent for longest is forgotten. */
    private static final int MAX_CLIENTS = 1_024;

    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<Long, Client> clients = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Client> eldest) {
            return size() > MAX_CLIENTS;
        }
    };

    /** The first answer, waited for where it is being worked out; or what {@code judge} says, where this is the first time. */
    List<TxnResult> answer(Proposal proposal, Supplier<List<TxnResult>> judge) {
        CompletableFuture<List<TxnResult>> mine = new CompletableFuture<>();
        CompletableFuture<List<TxnResult>> first = enter(proposal, mine);
        if (first != mine) {
            // The one that works it out has the same deadline and fails for both.
            return joined(first);
        }
        try {
            List<TxnResult> results = judge.get();
            mine.complete(results);
            return results;
        } catch (RuntimeException | Error failed) {
            forget(proposal);
            mine.completeExceptionally(failed);
            throw failed;
        }
    }

    private static List<TxnResult> joined(CompletableFuture<List<TxnResult>> first) {
        try {
            return first.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private CompletableFuture<List<TxnResult>> enter(Proposal proposal, CompletableFuture<List<TxnResult>> mine) {
        lock.lock();
        try {
            Client client = clients.computeIfAbsent(proposal.client(), unused -> new Client());
            CompletableFuture<List<TxnResult>> known = client.answers.get(proposal.sequence());
            if (known != null) {
                return known;
            }
            if (proposal.sequence() < client.forgottenBelow) {
                throw new OutcomeForgottenException("proposal " + proposal.sequence()
                        + " may have been applied before: its results are forgotten");
            }
            client.answers.put(proposal.sequence(), mine);
            long settled = Math.min(proposal.settledBelow(), proposal.sequence());
            if (client.answers.size() > Proposal.MAX_RESULTS) {
                settled = Math.max(settled, client.answers.firstKey() + 1);
            }
            client.forgottenBelow = Math.max(client.forgottenBelow, settled);
            client.answers.headMap(client.forgottenBelow).clear();
            return mine;
        } finally {
            lock.unlock();
        }
    }

    private void forget(Proposal proposal) {
        lock.lock();
        try {
            Client client = clients.get(proposal.client());
            if (client != null) {
                client.answers.remove(proposal.sequence());
            }
        } finally {
            lock.unlock();
        }
    }

    private static final class Client {
        final TreeMap<Long, CompletableFuture<List<TxnResult>>> answers = new TreeMap<>();
        long forgottenBelow;
    }
}
