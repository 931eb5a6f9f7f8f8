package dev.xebec.kit.service;

/**
 * One replica of one of the cluster's services. {@code ServiceVerticle} deploys it; its methods run on virtual threads
 * and may block.
 */
public interface Service {

    /** Such as {@code scheduler-service}. */
    String role();

    /** Starts; returns when the service does its work or will by itself. Throws when it never can. */
    void start() throws Exception;

    /** What the replica says of itself now; called often, answers at once. */
    Condition condition();

    /**
     * The process will stop: the cluster hears that this replica is not ready, and whoever asks it still is served.
     * Called at most once, before {@link #stop}, after a start that worked; answers at once.
     */
    default void drain() {}

    /** Hands its share back, finishes what is under way, and stops; called once. */
    void stop();

    /**
     * @param ready serves and takes a share
     * @param detail why not, or empty
     * @param leader leads its Raft group
     * @param revision newest revision applied or cached
     * @param sharePercent of the role's work; 0 while it has none
     * @param address where it serves, empty for none
     */
    record Condition(boolean ready, String detail, boolean leader, long revision, int sharePercent, String address) {

        public static Condition starting(String detail) {
            return new Condition(false, detail, false, 0, 0, "");
        }
    }
}
