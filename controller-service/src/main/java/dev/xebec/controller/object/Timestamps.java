package dev.xebec.controller.object;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as objects write them. Source: meta/v1 Time: RFC 3339, UTC, whole seconds. */
public final class Timestamps {
    private Timestamps() {
    }

    public static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
