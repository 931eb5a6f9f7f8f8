package dev.xebec.model.structural;

import java.util.regex.Pattern;

/** Texts that say how long something takes: as Go writes them, or in words. */
final class GoDurations {
    private static final Pattern GO = Pattern
            .compile("[-+]?(0|((\\d+(\\.\\d*)?|\\.\\d+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h))+)");
    private static final Pattern WORDS = Pattern.compile("\\s*-?\\d+(\\.\\d+)?\\s*(ns|nanos?|nanoseconds?|us|\u00b5s"
            + "|micros?|microseconds?|ms|millis?|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?"
            + "|w|wks?|weeks?)\\s*");

    private GoDurations() {}

    static boolean matches(String text) {
        return GO.matcher(text).matches() || WORDS.matcher(text).matches();
    }
}
