package dev.xebec.contracts.state;

import dev.xebec.contracts.UnavailableException;

/**
 * The replica asked does not lead, or no longer does. Like any {@link UnavailableException} it leaves open whether the
 * proposal will be applied: a leader that steps down gives this answer to the entries that are under way in its log, and its
 * successor may commit them. Whoever tries again sends the same proposal.
 */
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
