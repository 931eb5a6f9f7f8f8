package dev.xebec.simulator.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the checks found in a history. Its text is for people.
 *
 * @param checked what was checked, over how much
 */
public record HistoryReport(List<Checked> checked, List<Violation> violations, Gaps gaps) {
    /** Violations of one check that are shown; the first ones explain the others. */
    private static final int MAX_SHOWN = 10;

    /** @param size operations or events looked at */
    public record Checked(String check, long size, int violations) {}

    /** Runs every check. */
    public static HistoryReport check(History history) {
        return check(history, List.of());
    }

    /**
     * Runs every check.
     *
     * @param finalState lists without selectors, of every gateway, made when all faults were over and the clients had stopped
     */
    public static HistoryReport check(History history, List<Entry.Listing> finalState) {
        List<Entry> all = new ArrayList<>(history.entries());
        all.addAll(finalState);
        History whole = new History(all);
        Timeline timeline = Timeline.of(whole);
        List<Checked> checked = new ArrayList<>();
        List<Violation> violations = new ArrayList<>();
        for (HistoryCheck check : List.of(new LinearizabilityCheck(), new RealTimeCheck(), new ListCheck(),
                new WatchViewCheck(), new WatchCoverageCheck(), new BindingCheck(), new CapacityCheck(),
                new PodLifeCheck(), new FinalStateCheck(finalState))) {
            List<String> found = check.violations(whole, timeline);
            checked.add(new Checked(check.name(), check.size(whole, timeline), found.size()));
            found.forEach(text -> violations.add(new Violation(check.name(), text)));
        }
        return new HistoryReport(checked, violations, Gaps.of(history));
    }

    public boolean good() {
        return violations.isEmpty();
    }

    /** How much a check looked at, so that a test can tell a good history from an empty one; 0 where it did not run. */
    public long size(String check) {
        return checked.stream().filter(one -> one.check().equals(check)).mapToLong(Checked::size).sum();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Checked one : checked) {
            text.append(String.format(Locale.ROOT, "%-30s %8d looked at, %d violations%n", one.check(), one.size(),
                    one.violations()));
            violations.stream().filter(violation -> violation.check().equals(one.check())).limit(MAX_SHOWN)
                    .forEach(violation -> text.append("    ").append(violation.text()).append('\n'));
            if (one.violations() > MAX_SHOWN) {
                text.append("    and ").append(one.violations() - MAX_SHOWN).append(" more\n");
            }
        }
        return text.append(String.format(Locale.ROOT,
                "longest gap: writes %d ms, watches %d ms (at one gateway %d ms), scheduling %d ms%n",
                gaps.write().toMillis(), gaps.watch().toMillis(), gaps.pinned().toMillis(),
                gaps.scheduling().toMillis())).toString();
    }
}
