package dev.xebec.contracts.state;

import dev.xebec.contracts.UnavailableException;

/** The replica asked does not lead, so it has not taken the proposal. */
public final class NotLeaderException extends UnavailableException {
    private static final long serialVersionUID = 1L;

    private final String leader;

    /** @param leader the leader's name as the replica knows it; empty where it knows none */
    public NotLeaderException(String leader) {
        super(leader.isEmpty() ? "no leader is known" : "the leader is " + leader);
        this.leader = leader;
    }

    /** The leader's name as the answering replica knows it; empty where it knows none. */
    public String leader() {
        return leader;
    }
}
