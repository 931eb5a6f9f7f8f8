package dev.xebec.state.machine;

/** The ordered byte maps of a storage. Names are those on disk. */
public enum Table {
    /** Key, 0, inverted revision → a version of the key's value or its tombstone. */
    DATA,
    /** Key → the {@link Head} of a key that exists. */
    HEADS,
    /** Revision, position → the key changed, how, and the revision that the change replaced. */
    LOG,
    /** Expiry time, key → nothing. */
    EXPIRY,
    /** Client, sequence → what a proposal was answered; client → when it last proposed, and what of it is forgotten. */
    PROPOSALS,
    /** The applied index and revision, and how far sweeping is. */
    META,
    /** Restore, part → keys and values of a backup that wait to become the state. */
    STAGED
}
