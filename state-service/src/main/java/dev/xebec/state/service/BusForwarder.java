package dev.xebec.state.service;

import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.kit.bus.Bus;
import dev.xebec.state.raft.PeerForwarder;
import java.time.Duration;
import java.util.List;

/**
 * Reaches the other replicas over the bus, the leader as any client does. The client finds the leader itself, follows it when it changes, and
 * has its own deadlines; replicas on the bus never forward, so a call cannot go round.
 */
record BusForwarder(StateStore client, Bus bus) implements PeerForwarder {

    @Override
    public List<TxnResult> proposeAsLeader(String leader, Proposal proposal, Duration deadline) {
        return client.propose(proposal);
    }

    @Override
    public long barrierAsLeader(String leader, LogGroup group, Duration deadline) {
        return client.currentRevision(group);
    }

    @Override
    public long compactAsLeader(String leader, LogGroup group, long revision, Duration deadline) {
        return client.compact(group, revision);
    }

    @Override
    public long termOf(String replica, Duration deadline) {
        return TermEndpoint.ask(bus, replica, deadline);
    }
}
