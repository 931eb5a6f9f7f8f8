package dev.xebec.kit.bus;

import java.util.Set;

/**
 * What one bus serves.
 *
 * @param version one more at each change
 * @param requests addresses that take requests
 * @param streams addresses that take streams
 * @param topics addresses that it listens to
 */
record Offer(long version, Set<String> requests, Set<String> streams, Set<String> topics) {
    static final Offer NOTHING = new Offer(0, Set.of(), Set.of(), Set.of());

    /** A way in which an address is served. */
    enum Way {
        REQUESTS, STREAMS, TOPICS
    }

    Set<String> addresses(Way way) {
        return switch (way) {
            case REQUESTS -> requests;
            case STREAMS -> streams;
            case TOPICS -> topics;
        };
    }
}
