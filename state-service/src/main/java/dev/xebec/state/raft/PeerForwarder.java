package dev.xebec.state.raft;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.NotLeaderException;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.TxnResult;
import java.time.Duration;
import java.util.List;

/**
 * The way from a replica to the others' processes, where {@link RaftStateStore}'s methods of the same names are called.
 * {@link NotLeaderException} when it does not lead, {@link UnavailableException} when it does not answer in time.
 */
public interface PeerForwarder {

    List<TxnResult> proposeAsLeader(String leader, Proposal proposal, Duration deadline);

    long barrierAsLeader(String leader, LogGroup group, Duration deadline);

    long compactAsLeader(String leader, LogGroup group, long revision, Duration deadline);

    /** The term that any replica is in now, which is no older than the call: {@link RaftStateStore#term}. */
    long termOf(String replica, Duration deadline);
}
