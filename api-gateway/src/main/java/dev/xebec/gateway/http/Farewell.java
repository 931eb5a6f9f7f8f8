package dev.xebec.gateway.http;

import java.time.Duration;

/**
 * How a door lets its clients go.
 *
 * @param spread over which watches end, so that not all clients come back at once, and for which connections that are idle
 *            are kept, since a request may be on its way: its answer says that it is the connection's last
 * @param grace for requests and streams that are under way; those that last longer are cut off
 */
public record Farewell(Duration spread, Duration grace) {
    /** For processes that end together: nobody has anywhere else to go. */
    public static final Farewell AT_ONCE = new Farewell(Duration.ZERO, Duration.ofMillis(500));

    private static final Duration LONGEST_SPREAD = Duration.ofSeconds(2);
    private static final Duration GRACE = Duration.ofSeconds(15);

    /** @param notice how long others have been told before; zero for none */
    public static Farewell after(Duration notice) {
        if (notice.isZero()) {
            return AT_ONCE;
        }
        return new Farewell(notice.compareTo(LONGEST_SPREAD) < 0 ? notice : LONGEST_SPREAD, GRACE);
    }
}
