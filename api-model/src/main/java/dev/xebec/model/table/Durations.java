package dev.xebec.model.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.ApiObject;
import java.time.Duration;
import java.time.Instant;

/** Ages as people read them. Source: apimachinery {@code util/duration/duration.go}. */
final class Durations {
    static final String UNKNOWN = "<unknown>";
    private static final int YEAR_HOURS = 24 * 365;

    private Durations() {}

    /** The time since an RFC 3339 field. */
    static String since(JsonNode time, Instant now) {
        return ApiObject.instant(time).map(then -> human(Duration.between(then, now))).orElse(UNKNOWN);
    }

    static String human(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < -1) {
            return "<invalid>";
        }
        if (seconds < 0) {
            return "0s";
        }
        if (seconds < 120) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        if (minutes < 10) {
            return minutes + "m" + rest(seconds % 60, "s");
        }
        if (minutes < 180) {
            return minutes + "m";
        }
        long hours = minutes / 60;
        if (hours < 8) {
            return hours + "h" + rest(minutes % 60, "m");
        }
        if (hours < 48) {
            return hours + "h";
        }
        if (hours < 24 * 8) {
            return hours / 24 + "d" + rest(hours % 24, "h");
        }
        if (hours < YEAR_HOURS * 2) {
            return hours / 24 + "d";
        }
        long years = hours / YEAR_HOURS;
        return hours < YEAR_HOURS * 8 ? years + "y" + rest(hours / 24 % 365, "d") : years + "y";
    }

    private static String rest(long amount, String unit) {
        return amount == 0 ? "" : amount + unit;
    }
}
