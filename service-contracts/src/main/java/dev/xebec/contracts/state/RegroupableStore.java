package dev.xebec.contracts.state;

/**
 * A store whose replicas can be added and removed while it serves. A change is begun by a call and goes on by itself: {@link #group}
 * tells how far it is. Any call may be repeated: what is under way, or as wanted already, is not begun again. Thread-safe; callers block;
 * {@link dev.xebec.contracts.UnavailableException} means that nobody knows whether it was begun.
 */
public interface RegroupableStore {
    /** Beyond it a write would wait for too many disks. */
    int MAX_REPLICAS = 7;

    ReplicaGroup group(LogGroup group);

    /**
     * Begins to add a replica, whose vote counts once it has what the others have; or, for the name of one that there is, tells the others
     * its new address.
     *
     * @param address {@code HOST:PORT}
     * @throws IllegalArgumentException when that is not possible now, with the reason; nothing is changed
     */
    ReplicaGroup add(LogGroup group, String name, String address);

    /**
     * Begins to remove a replica; one that leads hands that over first.
     *
     * @throws IllegalArgumentException when that is not possible now, with the reason; nothing is changed
     */
    ReplicaGroup remove(LogGroup group, String name);
}
