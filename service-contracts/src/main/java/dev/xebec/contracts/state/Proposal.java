package dev.xebec.contracts.state;

import java.util.List;

/**
 * A batch of independent transactions, each at a revision of its own, applied in order where they share a key. Proposing
 * the same id again, to any replica, answers the first result and changes nothing.
 *
 * @param client random 64 bits that name the proposing client process
 * @param sequence 1, 2, 3, … per client
 * @param settledBelow every sequence below this has been answered to the client, so its result may be forgotten
 */
public record Proposal(LogGroup group, long client, long sequence, long settledBelow, List<Txn> txns) {
    /** Bytes of values that one proposal may carry. */
    public static final int MAX_BYTES = 8 * 1024 * 1024;
    public static final int MAX_TXNS = 1_024;
    /** Results that a store keeps of one client: whose sequences run further ahead of an open one may lose its result. */
    public static final int MAX_RESULTS = 256;
}
