package dev.xebec.server.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A moment as a person says it: how long ago, or at which time. */
final class Moment {
    private static final Pattern AGO = Pattern.compile("(\\d{1,9})([smhd])");

    private Moment() {}

    /** Empty where nothing is said; throws IllegalArgumentException where it makes no sense. */
    static Optional<Instant> parse(String said, Instant now) {
        if (said.isEmpty()) {
            return Optional.empty();
        }
        Matcher ago = AGO.matcher(said);
        if (ago.matches()) {
            long count = Long.parseLong(ago.group(1));
            return Optional.of(now.minus(switch (ago.group(2).charAt(0)) {
                case 's' -> Duration.ofSeconds(count);
                case 'm' -> Duration.ofMinutes(count);
                case 'h' -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
            }));
        }
        try {
            return Optional.of(OffsetDateTime.parse(said).toInstant());
        } catch (DateTimeException malformed) {
            throw new IllegalArgumentException(
                    "--since has to be such as 90s, 10m, 2h, 3d or 2026-11-23T16:00:00Z, not " + said, malformed);
        }
    }
}
