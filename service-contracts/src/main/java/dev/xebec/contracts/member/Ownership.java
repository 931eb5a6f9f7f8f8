package dev.xebec.contracts.member;

/**
 * Which keys this replica works on: rendezvous hashing over the ready members of its role. May be wrong for a moment
 * (two owners, none).
 */
public interface Ownership {

    boolean owns(String key);

    /** Calls back after the answer of {@link #owns} may have changed for some keys. */
    void onChange(Runnable listener);

    /** This replica's rough share of all keys in percent. */
    int sharePercent();
}
