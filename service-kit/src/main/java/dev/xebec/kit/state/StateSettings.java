package dev.xebec.kit.state;

import java.time.Duration;

/**
 * The state client's limits.
 *
 * @param overall how long a call is retried before it is given up
 * @param attempt how long one replica is waited for
 * @param pause between attempts while nobody leads; doubles up to sixteen times as much
 * @param proposalsInFlight how many batches are under way at once; what comes in the meantime forms the next
 * @param silence a change stream from which nothing comes for so long, not even progress, is lost
 * @param lag a change stream that gets no further for so long, although the leader has answered something newer, is lost
 */
public record StateSettings(Duration overall, Duration attempt, Duration pause, int proposalsInFlight,
        Duration silence, Duration lag) {

    public static final StateSettings DEFAULTS = new StateSettings(Duration.ofSeconds(10), Duration.ofSeconds(2),
            Duration.ofMillis(10), 2, Duration.ofSeconds(10), Duration.ofSeconds(3));

    public StateSettings withOverall(Duration limit) {
        return new StateSettings(limit, attempt, pause, proposalsInFlight, silence, lag);
    }

    public StateSettings withAttempt(Duration limit) {
        return new StateSettings(overall, limit, pause, proposalsInFlight, silence, lag);
    }

    public StateSettings withLag(Duration limit) {
        return new StateSettings(overall, attempt, pause, proposalsInFlight, silence, limit);
    }
}
