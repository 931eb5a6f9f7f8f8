package dev.xebec.kit.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a process's configuration comes from: flags before environment ({@code XEBEC_…}) before file before default. Read
 * once at start, by one thread, into a record per service; {@link #describe()} then says what holds and why.
 *
 * <p>A name is {@code data} or {@code kafka.servers} or {@code health-port}; in the environment it is upper-case with
 * underscores: {@code XEBEC_KAFKA_SERVERS}. Files nest: {@code kafka: {servers: …}}.
 */
public final class Settings {
    private static final Pattern DURATION = Pattern.compile("([0-9]+)(ms|s|m|h|d)");
    private static final String HIDDEN = "***";

    private final Map<String, String> flags;
    private final Map<String, String> environment;
    private final Map<String, String> file;
    private final Map<String, Read> read = new TreeMap<>();

    private record Read(String shown, String source) {}

    private record Found(String value, String source) {}

    private Settings(Map<String, String> flags, Map<String, String> environment, Map<String, String> file) {
        this.flags = flags;
        this.environment = environment;
        this.file = file;
    }

    /**
     * @param flags by name, without dashes
     * @param environment such as {@code System.getenv()}
     * @param file YAML or {@code .properties}; null for none
     */
    public static Settings of(Map<String, String> flags, Map<String, String> environment, @Nullable Path file) {
        return new Settings(Map.copyOf(flags), Map.copyOf(environment),
                file == null ? Map.of() : SettingsFile.read(file));
    }

    public String string(String name, String otherwise) {
        Found found = find(name, otherwise);
        read.put(name, new Read(found.value(), found.source()));
        return found.value();
    }

    /** A string that {@link #describe()} does not show. */
    public String secret(String name) {
        Found found = find(name, "");
        read.put(name, new Read(found.value().isEmpty() ? "" : HIDDEN, found.source()));
        return found.value();
    }

    /** @param least the smallest value allowed; @param most the largest */
    public int integer(String name, int otherwise, int least, int most) {
        String text = string(name, Integer.toString(otherwise));
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // Said below.
        }
        throw wrong(name, text, "a number from " + least + " to " + most);
    }

    public boolean bool(String name, boolean otherwise) {
        String text = string(name, Boolean.toString(otherwise)).toLowerCase(Locale.ROOT);
        return switch (text) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> throw wrong(name, text, "true or false");
        };
    }

    /** Such as {@code 250ms}, {@code 5s}, {@code 10m}, {@code 2h}, {@code 1d}. */
    public Duration duration(String name, Duration otherwise) {
        String text = string(name, otherwise.toMillis() + "ms");
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches() || matcher.group(1).length() > 12) {
            throw wrong(name, text, "a time such as 250ms, 5s, 10m, 2h or 1d");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /** A leading {@code ~/} is the user's home. */
    public Path path(String name, Path otherwise) {
        String text = string(name, otherwise.toString());
        return text.startsWith("~/") ? Path.of(System.getProperty("user.home"), text.substring(2)) : Path.of(text);
    }

    /** Separated by commas. */
    public List<String> list(String name, List<String> otherwise) {
        return Stream.of(string(name, String.join(",", otherwise)).split(",")).map(String::strip)
                .filter(element -> !element.isEmpty()).toList();
    }

    /** One of some words. */
    public String choice(String name, String otherwise, Set<String> choices) {
        String text = string(name, otherwise);
        if (!choices.contains(text)) {
            throw wrong(name, text, "one of " + String.join(", ", new TreeSet<>(choices)));
        }
        return text;
    }

    /** To be called when everything is read: a flag or a file's entry that nobody asked for is a mistake. */
    public void refuseUnknown() {
        Map<String, String> unknown = new LinkedHashMap<>();
        file.keySet().stream().filter(name -> !read.containsKey(name)).sorted()
                .forEach(name -> unknown.put(name, "the configuration file"));
        flags.keySet().stream().filter(name -> !read.containsKey(name)).sorted()
                .forEach(name -> unknown.put("--" + name, "the flags"));
        if (!unknown.isEmpty()) {
            var first = unknown.entrySet().iterator().next();
            throw new SettingsException("there is no setting \"" + first.getKey() + "\", which " + first.getValue()
                    + (first.getValue().equals("the flags") ? " name" : " names"));
        }
    }

    /** What was read, a line each: name, value, where from. Secrets are hidden. */
    public String describe() {
        StringBuilder text = new StringBuilder();
        read.forEach((name, one) -> text.append(name).append(" = ").append(one.shown()).append(" (")
                .append(one.source()).append(")\n"));
        return text.toString();
    }

    /** Under which name the environment may set it. */
    public static String variable(String name) {
        return "XEBEC_" + name.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    }

    private Found find(String name, String otherwise) {
        String flag = flags.get(name);
        if (flag != null) {
            return new Found(flag, "flag");
        }
        String variable = environment.get(variable(name));
        if (variable != null) {
            return new Found(variable, "environment");
        }
        String entry = file.get(name);
        return entry != null ? new Found(entry, "file") : new Found(otherwise, "default");
    }

    private SettingsException wrong(String name, String text, String wanted) {
        Read found = read.get(name);
        return new SettingsException(name + " has to be " + wanted + ", not \"" + text + "\""
                + (found == null ? "" : " (" + found.source() + ")"));
    }
}
