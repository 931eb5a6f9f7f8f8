package dev.xebec.controller.object;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Times as objects write them. Source: meta/v1 Time: RFC 3339, UTC, whole seconds. */
public final class Timestamps {
    private static final DateTimeFormatter MICRO = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
            .withZone(ZoneOffset.UTC);

    private Timestamps() {}

    public static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The form of MicroTime: exactly six digits. */
    public static String micro(Instant instant) {
        return MICRO.format(instant);
    }
}
