package dev.xebec.contracts.state;

/** A condition of a transaction on one key. */
public sealed interface Guard {
    String key();

    /** The key does not exist. */
    record Absent(String key) implements Guard {}

    /** The key exists and was last written at this revision. */
    record ModRevision(String key, long revision) implements Guard {}

    /** The key has been put this many times since it was created; 0 is the same as absent. */
    record Version(String key, long version) implements Guard {}
}
