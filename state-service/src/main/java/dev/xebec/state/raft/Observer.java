package dev.xebec.state.raft;

/** Told of what a replica does, for metrics; called on its threads, so it must be quick. */
public interface Observer {
    Observer NONE = new Observer() {
    };

    /** An entry submitted here was applied here. */
    default void committed(long nanos) {}

    /** An entry was applied to the storage. */
    default void applied(long nanos) {}

    default void snapshotTaken(long nanos) {}

    default void snapshotInstalled() {}

    default void leaderChanged() {}

    /** This replica can write, or apply, nothing more; only another start mends that. Called at least once. */
    default void failed(String why) {}

    /** A read barrier was passed because no majority was in a later term. */
    default void confirmedByTerms() {}

    /** A read barrier was passed by an entry in the log. */
    default void confirmedByEntry() {}
}
