package dev.xebec.system.fault;

import dev.xebec.simulator.history.Gaps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a run survived, by the kind of fault. Safe for use by several threads until it is printed. */
final class FaultReport {
    /** Before a fault, so that a gap has a beginning. */
    private static final Duration LEAD = Duration.ofSeconds(1);

    private final Map<FaultKind, Integer> injected = new EnumMap<>(FaultKind.class);
    private final List<Window> windows = new ArrayList<>();

    /** The time of a fault that struck alone, its rest included. */
    private record Window(FaultKind kind, long from, long to) {}

    /** What users had to wait for between two moments. */
    interface Gauge {
        Gaps gaps(long from, long to);
    }

    synchronized void injected(FaultKind kind) {
        injected.merge(kind, 1, Integer::sum);
    }

    /** A fault struck alone between two moments. */
    synchronized void alone(FaultKind kind, long from, long to) {
        windows.add(new Window(kind, from - LEAD.toNanos(), to));
    }

    /** @param violations of the whole run: who is to blame is not known */
    synchronized String table(Gauge gauge, List<String> violations) {
        Map<FaultKind, List<Gaps>> measured = new EnumMap<>(FaultKind.class);
        windows.forEach(window -> measured.computeIfAbsent(window.kind(), none -> new ArrayList<>())
                .add(gauge.gaps(window.from(), window.to())));
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%-18s %8s %6s   longest gap in ms: %7s %7s %11s%n", "fault", "injected",
                "alone", "write", "watch", "scheduling"));
        injected.forEach((kind, times) -> {
            List<Gaps> gaps = Optional.ofNullable(measured.get(kind)).orElse(List.of());
            text.append(String.format(Locale.ROOT, "%-18s %8d %6d %27s %7s %11s%n", kind, times, gaps.size(),
                    longest(gaps, Gaps::write), longest(gaps, Gaps::watch), longest(gaps, Gaps::scheduling)));
        });
        text.append("violations: ").append(violations.size()).append('\n');
        violations.forEach(violation -> text.append("  ").append(violation).append('\n'));
        return text.toString();
    }

    private static String longest(List<Gaps> gaps, Function<Gaps, Duration> which) {
        return gaps.stream().map(which).max(Duration::compareTo).map(gap -> Long.toString(gap.toMillis())).orElse("-");
    }
}
