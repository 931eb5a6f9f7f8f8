package dev.xebec.model.validation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The syntax of a CronJob's schedule: five fields or a word such as {@code @daily}. Says what is wrong as the library
 * does that Kubernetes uses.
 *
 * <p>Source: {@code robfig/cron/v3} {@code parser.go}, ParseStandard.
 */
final class CronSchedule {
    private static final List<String> WORDS = List.of("@yearly", "@annually", "@monthly", "@weekly", "@daily",
            "@midnight", "@hourly");
    private static final Pattern DURATION = Pattern.compile("[-+]?(\\d+(\\.\\d*)?(ns|us|µs|ms|s|m|h))+|0");
    private static final Map<String, Integer> MONTHS = numbered(1, "jan", "feb", "mar", "apr", "may", "jun", "jul",
            "aug", "sep", "oct", "nov", "dec");
    private static final Map<String, Integer> DAYS = numbered(0, "sun", "mon", "tue", "wed", "thu", "fri", "sat");
    private static final List<Bounds> FIELDS = List.of(new Bounds(0, 59, Map.of()), new Bounds(0, 23, Map.of()),
            new Bounds(1, 31, Map.of()), new Bounds(1, 12, MONTHS), new Bounds(0, 6, DAYS));

    /** What a field may be. */
    private record Bounds(int min, int max, Map<String, Integer> names) {}

    /** What is wrong with a number, carried out of the middle of a field. */
    private static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    private CronSchedule() {}

    private static Map<String, Integer> numbered(int first, String... names) {
        Map<String, Integer> numbers = new java.util.HashMap<>();
        for (int at = 0; at < names.length; at++) {
            numbers.put(names[at], first + at);
        }
        return Map.copyOf(numbers);
    }

    /** What is wrong; null for nothing. */
    static @Nullable String wrong(String schedule) {
        if (schedule.isEmpty()) {
            return "empty spec string";
        }
        if (schedule.startsWith("@")) {
            return word(schedule);
        }
        List<String> fields = List.of(schedule.strip().split("\\s+"));
        if (fields.size() != FIELDS.size() || schedule.isBlank()) {
            return "expected exactly 5 fields, found " + (schedule.isBlank() ? 0 : fields.size()) + ": "
                    + (schedule.isBlank() ? "[]" : "[" + String.join(" ", fields) + "]");
        }
        try {
            for (int at = 0; at < fields.size(); at++) {
                for (String part : fields.get(at).split(",")) {
                    if (!part.isEmpty()) {
                        range(part, FIELDS.get(at));
                    }
                }
            }
        } catch (Malformed malformed) {
            return malformed.getMessage();
        }
        return null;
    }

    private static @Nullable String word(String schedule) {
        if (schedule.startsWith("@every ")) {
            String duration = schedule.substring("@every ".length());
            return DURATION.matcher(duration).matches()
                    ? null
                    : "failed to parse duration " + schedule + ": time: invalid duration \"" + duration + "\"";
        }
        return WORDS.contains(schedule) ? null : "unrecognized descriptor: " + schedule;
    }

    private static void range(String expression, Bounds bounds) {
        String[] rangeAndStep = expression.split("/", -1);
        String[] ends = rangeAndStep[0].split("-", -1);
        boolean any = ends[0].equals("*") || ends[0].equals("?");
        long start = any ? bounds.min() : number(ends[0], expression, bounds.names());
        long end = any ? bounds.max() : start;
        if (!any && ends.length == 2) {
            end = number(ends[1], expression, bounds.names());
        } else if (!any && ends.length > 2) {
            throw new Malformed("too many hyphens: " + expression);
        }
        long step = 1;
        if (rangeAndStep.length == 2) {
            step = number(rangeAndStep[1], expression, Map.of());
            end = ends.length == 1 ? bounds.max() : end;
        } else if (rangeAndStep.length > 2) {
            throw new Malformed("too many slashes: " + expression);
        }
        if (start < bounds.min()) {
            throw new Malformed("beginning of range (" + start + ") below minimum (" + bounds.min() + "): "
                    + expression);
        }
        if (end > bounds.max()) {
            throw new Malformed("end of range (" + end + ") above maximum (" + bounds.max() + "): " + expression);
        }
        if (start > end) {
            throw new Malformed("beginning of range (" + start + ") beyond end of range (" + end + "): " + expression);
        }
        if (step == 0) {
            throw new Malformed("step of range should be a positive number: " + expression);
        }
    }

    private static long number(String text, String expression, Map<String, Integer> names) {
        Integer named = names.get(text.toLowerCase(Locale.ROOT));
        if (named != null) {
            return named;
        }
        if (!text.matches("[-+]?[0-9]{1,18}")) {
            throw new Malformed("failed to parse int from " + text + ": strconv.Atoi: parsing \"" + text
                    + "\": invalid syntax");
        }
        long number = Long.parseLong(text);
        if (number < 0) {
            throw new Malformed("negative number (" + number + ") not allowed: " + expression);
        }
        return number;
    }
}
