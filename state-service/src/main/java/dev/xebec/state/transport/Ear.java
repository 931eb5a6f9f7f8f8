package dev.xebec.state.transport;

/** Told of what a replica hears from the others; called on the transport's threads, so it must be quick. */
public interface Ear {

    /**
     * A leader's entries are in the log, or its heartbeat was heard.
     *
     * @param committed the newest entry that the leader knows to be committed
     * @param regrouped whether the entries change who the replicas are
     */
    void heard(long committed, boolean regrouped);

    /** The leader says that this replica is none of the group's any more, in answer to its asking for votes. */
    void removed();
}
