package dev.xebec.contracts.member;

/**
 * Which keys this replica works on: rendezvous hashing over the ready members of its role. May be wrong for a moment
 * (two owners, none).
 */
public interface Ownership {
    /** Every key: what a replica without peers owns. */
    Ownership EVERYTHING = new Ownership() {
        @Override
        public boolean owns(String key) {
            return true;
        }

        @Override
        public void onChange(Runnable listener) {
            // It stays so.
        }

        @Override
        public int sharePercent() {
            return 100;
        }
    };

    boolean owns(String key);

    /** Calls back after the answer of {@link #owns} may have changed for some keys. */
    void onChange(Runnable listener);

    /** This replica's rough share of all keys in percent. */
    int sharePercent();
}
