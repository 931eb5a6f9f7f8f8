package dev.xebec.node.pod;

import dev.xebec.node.runtime.ContainerState;
import java.time.Duration;
import java.time.Instant;

/**
 * How long a container that keeps ending is left alone: the first restart is at once, then 10 s, doubling to 5 min; one
 * that ran for 10 min begins anew. Each run carries the wait that its end will cost.
 *
 * <p>Source: Kubernetes {@code pkg/kubelet/kuberuntime} ({@code doBackOff}), client-go {@code util/flowcontrol/backoff.go}.
 */
final class BackOff {
    static final Duration FIRST = Duration.ofSeconds(10);
    static final Duration MOST = Duration.ofMinutes(5);
    static final Duration FORGIVEN_AFTER = Duration.ofMinutes(10);

    private BackOff() {}

    /** What the end of {@code run} costs. */
    static Duration due(ContainerState run, Instant endedAt) {
        boolean forgiven = Duration.between(run.startedAt(), endedAt).compareTo(FORGIVEN_AFTER) > 0;
        return forgiven ? Duration.ZERO : run.backOff();
    }

    /** What the end of the next run will cost. */
    static Duration next(Duration due) {
        if (due.isZero()) {
            return FIRST;
        }
        Duration doubled = due.multipliedBy(2);
        return doubled.compareTo(MOST) > 0 ? MOST : doubled;
    }

    /** {@code 10s}, {@code 1m20s}: as Go writes durations. */
    static String text(Duration duration) {
        long minutes = duration.toMinutes();
        return (minutes > 0 ? minutes + "m" : "") + duration.toSecondsPart() + "s";
    }
}
