package dev.xebec.gateway.http;

import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Verb;
import dev.xebec.model.quantity.GoDuration;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How long a request may take: as long as any may, or less where its {@code timeout} says so. Source: apiserver {@code
 * endpoints/filters/request_deadline.go}.
 */
final class RequestDeadline {
    /** What lasts as long as both sides like. */
    private static final Set<String> ENDLESS = Set.of("attach", "exec", "log", "portforward", "proxy");

    private RequestDeadline() {}

    /** @throws RejectedException where it is asked for a time that is none */
    static long millis(Call call, long maxMillis) {
        boolean endless = call.info().verb() == Verb.WATCH || ENDLESS.contains(call.info().subresource());
        List<String> asked = endless ? List.of() : call.words("timeout");
        return asked.isEmpty() ? maxMillis : millis(asked.get(0), maxMillis);
    }

    /**
     * Whole milliseconds, at least one.
     *
     * @param asked as Go writes a duration; empty for none
     * @throws RejectedException for what is no duration
     */
    static long millis(String asked, long maxMillis) {
        if (asked.isEmpty()) {
            return maxMillis;
        }
        Duration wanted;
        try {
            wanted = GoDuration.parse(asked);
        } catch (IllegalArgumentException malformed) {
            throw new RejectedException(Status
                    .badRequest("invalid timeout specified in the request URL - " + malformed.getMessage()));
        }
        boolean shorter = wanted.isPositive() && wanted.compareTo(Duration.ofMillis(maxMillis)) < 0;
        return shorter ? Math.max(1, wanted.toMillis()) : maxMillis;
    }
}
