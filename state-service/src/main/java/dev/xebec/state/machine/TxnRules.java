package dev.xebec.state.machine;

import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.Write;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is wrong with a transaction or a proposal whatever the state; null for nothing. */
public final class TxnRules {
    /** UTF-16 units of a key. A Kubernetes key has at most about 900. */
    static final int MAX_KEY_LENGTH = 4_096;

    private TxnRules() {}

    public static @Nullable String objection(Proposal proposal) {
        if (proposal.txns().size() > Proposal.MAX_TXNS) {
            return proposal.txns().size() + " transactions in a proposal; at most " + Proposal.MAX_TXNS
                    + " are allowed";
        }
        long bytes = 0;
        for (Txn txn : proposal.txns()) {
            for (Write write : txn.writes()) {
                bytes += write instanceof Write.Put put ? put.value().size() : 0;
            }
        }
        return bytes > Proposal.MAX_BYTES
                ? bytes + " bytes of values in a proposal; at most " + Proposal.MAX_BYTES + " are allowed"
                : null;
    }

    public static @Nullable String objection(Txn txn) {
        int operations = txn.guards().size() + txn.writes().size();
        if (operations > Txn.MAX_OPERATIONS) {
            return operations + " guards and writes in a transaction; at most " + Txn.MAX_OPERATIONS + " are allowed";
        }
        for (Guard guard : txn.guards()) {
            String wrong = objectionToKey(guard.key());
            if (wrong != null) {
                return wrong;
            }
        }
        return objectionToWrites(txn);
    }

    private static @Nullable String objectionToWrites(Txn txn) {
        Set<String> written = HashSet.newHashSet(txn.writes().size());
        for (Write write : txn.writes()) {
            String wrong = objectionToKey(write.key());
            if (wrong != null) {
                return wrong;
            }
            if (!written.add(write.key())) {
                return "the key " + write.key() + " is written twice";
            }
            if (write instanceof Write.Put put && put.expiresAtEpochMillis() < 0) {
                return "an expiry time before 1970";
            }
        }
        return null;
    }

    static @Nullable String objectionToKey(String key) {
        if (key.isEmpty()) {
            return "an empty key";
        }
        if (key.length() > MAX_KEY_LENGTH) {
            return "a key of " + key.length() + " characters; at most " + MAX_KEY_LENGTH + " are allowed";
        }
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c == 0) {
                return "a key with a NUL character";
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c) && i + 1 < key.length()
                        && Character.isLowSurrogate(key.charAt(i + 1));
                if (!pair) {
                    return "a key that is not well-formed Unicode";
                }
                i++;
            }
        }
        return null;
    }
}
