package dev.xebec.contracts.state;

/** A condition of a transaction on one key. */
public sealed interface Guard {
    String key();

    /** Whether it holds of a key last written at that revision and put so often since its creation; 0 and 0 for an absent one. */
    default boolean holds(long modRevision, long version) {
        return switch (this) {
            case Absent absent -> version == 0;
            case ModRevision mod -> version > 0 && modRevision == mod.revision();
            case Version wanted -> version == wanted.version();
        };
    }

    /** The key does not exist. */
    record Absent(String key) implements Guard {}

    /** The key exists and was last written at this revision. */
    record ModRevision(String key, long revision) implements Guard {}

    /** The key has been put this many times since it was created; 0 is the same as absent. */
    record Version(String key, long version) implements Guard {}
}
