package dev.xebec.system.fault;

import java.time.Duration;
import java.util.concurrent.ConcurrentSkipListSet;

/** Moments at which something went forward, on the monotonic clock of this process. */
final class Progress {
    private final ConcurrentSkipListSet<Long> moments = new ConcurrentSkipListSet<>();

    void now() {
        at(System.nanoTime());
    }

    void at(long moment) {
        moments.add(moment);
    }

    int count() {
        return moments.size();
    }

    /** The longest time without progress that touches the time between two moments. */
    Duration longestGap(long from, long to) {
        Long before = moments.lower(from);
        long last = before == null ? from : before;
        long longest = 0;
        for (long moment : moments.tailSet(from, true)) {
            longest = Math.max(longest, moment - last);
            last = moment;
            if (moment >= to) {
                return Duration.ofNanos(longest);
            }
        }
        return Duration.ofNanos(Math.max(longest, to - last));
    }
}
