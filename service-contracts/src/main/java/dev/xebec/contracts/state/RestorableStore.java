package dev.xebec.contracts.state;

import java.util.List;

/**
 * A store whose whole content can be replaced by that of a backup, in one step, while it serves. Any call may be repeated.
 * Thread-safe; callers block; {@link dev.xebec.contracts.UnavailableException} means that nobody knows whether it was done.
 */
public interface RestorableStore {

    /** Revisions that a restore skips by convention: more than were handed out between the backup and its use. */
    long REVISIONS_SKIPPED = 1_000_000_000L;

    /**
     * Puts a part of a backup aside, where nothing reads it. Parts of another restore are dropped.
     *
     * @param restore random positive number that names the restore
     * @param part 0, 1, 2, …
     * @param saved no more than {@link Proposal#MAX_BYTES} of keys and values
     * @throws IllegalArgumentException when a key is not one that the store holds, or the part is too large
     */
    void stage(LogGroup group, long restore, int part, List<Saved> saved);

    /**
     * Replaces everything stored by the parts put aside. All keys have then been created and last written at one revision, which is at least
     * {@code atLeast} and newer than any before; and everything older is compacted, so that whoever follows changes has to
     * read the state anew.
     *
     * @return the newest revision after it
     * @throws IllegalArgumentException when not all {@code parts} were put aside; nothing is changed
     */
    long restore(LogGroup group, long restore, int parts, long atLeast);
}
