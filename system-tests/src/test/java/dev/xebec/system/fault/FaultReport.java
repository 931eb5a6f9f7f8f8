package dev.xebec.system.fault;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a run survived, by the kind of fault. */
final class FaultReport {
    private static final class Row {
        private int injected;
        private int alone;
        private Duration writeGap = Duration.ZERO;
    }

    private final Map<FaultKind, Row> rows = new EnumMap<>(FaultKind.class);

    void injected(FaultKind kind) {
        row(kind).injected++;
    }

    /** A fault that struck alone. */
    void gap(FaultKind kind, Duration write) {
        Row row = row(kind);
        row.alone++;
        row.writeGap = write.compareTo(row.writeGap) > 0 ? write : row.writeGap;
    }

    private Row row(FaultKind kind) {
        return rows.computeIfAbsent(kind, none -> new Row());
    }

    /** @param violations of the whole run: who is to blame is not known */
    String table(List<String> violations) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%-18s %8s %8s %18s%n", "fault", "injected", "alone",
                "longest write gap"));
        rows.forEach((kind, row) -> text.append(String.format(Locale.ROOT, "%-18s %8d %8d %18s%n", kind, row.injected,
                row.alone, row.alone == 0 ? "-" : row.writeGap.toMillis() + " ms")));
        text.append("violations: ").append(violations.size()).append('\n');
        violations.forEach(violation -> text.append("  ").append(violation).append('\n'));
        return text.toString();
    }
}
