package dev.xebec.contracts.state;

import java.util.List;

/**
 * All guards hold, and all writes apply at one new revision; or nothing changes. A key may be written once in a
 * transaction.
 */
public record Txn(List<Guard> guards, List<Write> writes) {
    /** Guards and writes together that one transaction may have. */
    public static final int MAX_OPERATIONS = 128;
}
