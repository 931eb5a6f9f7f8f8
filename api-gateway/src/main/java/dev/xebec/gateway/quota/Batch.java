package dev.xebec.gateway.quota;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.Keys;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.contracts.state.Write;
import dev.xebec.gateway.registry.ObjectRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Several writes and their quotas' new states as one transaction: a hot quota is written once for all of them. Used by one
 * thread.
 */
final class Batch {
    /** Bytes of objects in one transaction. */
    private static final long MAX_BYTES = 2 * 1024 * 1024;

    private final Map<String, Guard> guards = new LinkedHashMap<>();
    private final Map<String, Write> writes = new LinkedHashMap<>();
    private final List<Pending> members = new ArrayList<>();
    private final int reserved;
    private long bytes;

    /** @param quotas each of which takes a guard and a write */
    Batch(int quotas) {
        this.reserved = 2 * quotas;
    }

    /** False where it does not fit: too many, too large, or at odds with one that is in already. */
    boolean add(Pending pending) {
        int size = reserved + guards.size() + writes.size() + pending.txn().guards().size()
                + pending.txn().writes().size();
        long more = bytes(pending.txn());
        boolean fits = size <= Txn.MAX_OPERATIONS && bytes + more <= MAX_BYTES;
        if (!members.isEmpty() && (!fits || !agrees(pending.txn()))) {
            return false;
        }
        pending.txn().guards().forEach(guard -> guards.put(guard.key(), guard));
        pending.txn().writes().forEach(write -> writes.put(write.key(), write));
        bytes += more;
        members.add(pending);
        return true;
    }

    private static long bytes(Txn txn) {
        long bytes = 0;
        for (Write write : txn.writes()) {
            bytes += write instanceof Write.Put put ? put.value().size() : 0;
        }
        return bytes;
    }

    private boolean agrees(Txn txn) {
        for (Guard guard : txn.guards()) {
            Guard there = guards.get(guard.key());
            if (there != null && !there.equals(guard)) {
                return false;
            }
        }
        return txn.writes().stream().noneMatch(write -> writes.containsKey(write.key()));
    }

    List<Pending> members() {
        return members;
    }

    Txn txn(List<Account> accounts) {
        List<Guard> allGuards = new ArrayList<>(guards.values());
        List<Write> allWrites = new ArrayList<>(writes.values());
        for (Account account : accounts) {
            String key = key(account);
            allGuards.add(new Guard.ModRevision(key, account.stored().revision()));
            if (account.changed()) {
                allWrites.add(new Write.Put(key, Bytes.of(ObjectRegistry.stored(account.tree())), 0));
            }
        }
        return new Txn(allGuards, allWrites);
    }

    static String key(Account account) {
        return Keys.of("", "resourcequotas", account.stored().namespace(), account.stored().name());
    }

    /** Whether a member's own guards hold in what a refused transaction has found. */
    static boolean holds(Txn txn, TxnResult.Refused refused) {
        Map<String, KeyValue> found = new LinkedHashMap<>();
        refused.current().forEach(value -> found.put(value.key(), value));
        for (Guard guard : txn.guards()) {
            KeyValue value = found.get(guard.key());
            boolean held = switch (guard) {
                case Guard.Absent absent -> value == null;
                case Guard.ModRevision at -> value != null && value.modRevision() == at.revision();
                case Guard.Version times -> (value == null ? 0 : value.version()) == times.version();
            };
            if (!held) {
                return false;
            }
        }
        return true;
    }
}
