package dev.xebec.controller.job;

import dev.xebec.model.object.ApiObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** How long to wait after failures. Source: k/k {@code pkg/controller/job/backoff_utils.go}. */
final class BackOff {
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int MAX_DOUBLINGS = 10;

    private BackOff() {}

    /** Time until the next pod may start, by the failures since the last success; zero for at once. */
    static Duration left(Collection<ApiObject> pods, JobSpec spec, Instant now) {
        Instant success = pods.stream().filter(JobPod::succeeded).flatMap(pod -> JobPod.ended(pod).stream())
                .max(Comparator.naturalOrder()).orElse(Instant.MIN);
        List<Instant> failures = pods.stream().filter(pod -> !JobPod.succeeded(pod) && JobPod.failed(pod, spec))
                .flatMap(pod -> JobPod.ended(pod).stream()).filter(at -> at.isAfter(success)).sorted().toList();
        return left(failures.size(), failures.isEmpty() ? Instant.MIN : failures.getLast(), now);
    }

    private static Duration left(int failures, Instant last, Instant now) {
        if (failures == 0) {
            return Duration.ZERO;
        }
        Duration wait = FIRST.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        Instant next = last.plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
        return next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO;
    }
}
