package dev.xebec.gateway.registry;

import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import java.util.List;

/** The way of transactions to the store: blocks, retries by itself, and coalesces what is under way at once. */
public interface Commits {

    TxnResult commit(Txn txn);

    /** Several transactions in their order, in as few proposals as may be; each has its own result. */
    List<TxnResult> commitAll(List<Txn> txns);
}
