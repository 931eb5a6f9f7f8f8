package dev.xebec.contracts.state;

import java.util.List;

/** What became of one transaction. */
public sealed interface TxnResult {

    /** @param revision the new revision, or the current one where the transaction wrote nothing */
    record Committed(long revision) implements TxnResult {}

    /**
     * A guard did not hold.
     *
     * @param revision the store's revision at which it was judged
     * @param current the guarded keys that exist, as they are; a guarded key that is not here is absent
     */
    record Refused(long revision, List<KeyValue> current) implements TxnResult {}

    /** The transaction itself is wrong (too large, a key twice): retrying cannot help. */
    record Invalid(String message) implements TxnResult {}
}
