package dev.xebec.kit.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** All label sets of one metric. */
final class Family {
    /** Label sets of one metric; further ones share the one whose values are {@link #OVERFLOW}. */
    static final int MAX_LABEL_SETS = 2_000;
    static final String OVERFLOW = "other";

    private static final Pattern METRIC = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    final String name;
    final String help;
    final String type;
    private final Map<String, Sampled> byLabels = new ConcurrentSkipListMap<>();
    private final Map<List<String>, Sampled> byValues = new ConcurrentHashMap<>();

    Family(String name, String help, String type) {
        if (!METRIC.matcher(name).matches()) {
            throw new IllegalArgumentException("not a metric's name: " + name);
        }
        this.name = name;
        this.help = help;
        this.type = type;
    }

    /** Finds the instrument of a label set, or makes it while there is room. */
    Sampled instrument(String[] labels, Supplier<Sampled> fresh) {
        Sampled known = byValues.get(Arrays.asList(labels));
        return known != null ? known : add(labels.clone(), fresh, false);
    }

    /** Puts an instrument in the place of an earlier one with the same labels. */
    void replace(String[] labels, Sampled instrument) {
        add(labels.clone(), () -> instrument, true);
    }

    private synchronized Sampled add(String[] labels, Supplier<Sampled> fresh, boolean replacing) {
        List<String> asked = List.of(labels);
        Sampled known = byValues.get(asked);
        if (known != null && !replacing) {
            return known;
        }
        String[] used = known == null && byValues.size() >= MAX_LABEL_SETS ? overflow(labels) : labels;
        String text = text(used);
        Sampled shared = byLabels.get(text);
        if (shared != null && !replacing) {
            return shared;
        }
        Sampled made = fresh.get();
        byLabels.put(text, made);
        byValues.put(List.of(used), made);
        return made;
    }

    void write(StringBuilder out) {
        out.append("# HELP ").append(name).append(' ')
                .append(help.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        byLabels.forEach((labels, instrument) -> instrument.write(out, name, labels));
    }

    private static String[] overflow(String[] labels) {
        String[] overflow = labels.clone();
        for (int value = 1; value < overflow.length; value += 2) {
            overflow[value] = OVERFLOW;
        }
        return overflow;
    }

    private static String text(String[] labels) {
        if (labels.length % 2 != 0) {
            throw new IllegalArgumentException("a label without a value: " + Arrays.toString(labels));
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < labels.length; i += 2) {
            if (!LABEL.matcher(labels[i]).matches()) {
                throw new IllegalArgumentException("not a label's name: " + labels[i]);
            }
            text.append(i == 0 ? "" : ",").append(labels[i]).append("=\"")
                    .append(labels[i + 1].replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")).append('"');
        }
        return text.toString();
    }
}
