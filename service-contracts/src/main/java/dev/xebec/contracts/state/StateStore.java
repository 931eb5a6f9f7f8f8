package dev.xebec.contracts.state;

import dev.xebec.contracts.UnavailableException;
import java.util.List;

/**
 * The cluster's truth: an ordered map from key to value with one global revision, whose history can be read until it is
 * compacted.
 *
 * <p>Thread-safe; every call blocks the calling (virtual) thread. {@link UnavailableException} means that nobody knows
 * whether a proposal was applied: propose it again with the same id, unless it is an {@link OutcomeForgottenException}. What {@link #propose} has answered survives the
 * crash of any minority of the replicas and of all their machines at once.
 *
 * <p>Implementations: {@code RaftStateStore}, {@code EtcdStateStore}, {@code InMemoryStateStore}, and the bus client; all pass
 * {@code StateStoreContract}.
 */
public interface StateStore {

    /** Applies a batch; one result per transaction, in order. */
    List<TxnResult> propose(Proposal proposal);

    /** A revision at least as new as every write acknowledged before the call, anywhere: the linearizable read barrier. */
    long currentRevision(LogGroup group);

    /** Reads keys at one revision from what this replica has applied. */
    RangeResult range(RangeQuery query);

    /** Streams changes to {@code sink} on a thread of the store until closed. */
    Subscription changes(ChangesQuery query, ChangeSink sink);

    /** Forgets what only revisions below {@code revision} can see; answers the compacted revision that is in force. */
    long compact(LogGroup group, long revision);

    StoreStatus status(LogGroup group);
}
