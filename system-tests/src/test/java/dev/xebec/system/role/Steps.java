package dev.xebec.system.role;

import dev.xebec.simulator.history.Entry;
import dev.xebec.simulator.history.Gaps;
import dev.xebec.simulator.history.History;
import dev.xebec.system.Waiting;
import dev.xebec.system.client.ClientFleet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was done to a cluster while clients worked, one after the other, and what each of it cost them. Used by one thread. */
final class Steps {
    /** Writes that show that the clients go on. */
    private static final int SOME = 30;

    private final ClientFleet fleet;
    private final List<Step> taken = new ArrayList<>();

    /** @param troubles requests that failed meanwhile */
    private record Step(String what, long from, long changed, long to, int troubles) {}

    /** Something that is done to the cluster. */
    interface Change {
        void make() throws Exception;
    }

    Steps(ClientFleet fleet) {
        this.fleet = fleet;
    }

    /** Makes a change and waits until clients have gone on after it. */
    void take(String what, Change change) throws Exception {
        int before = fleet.troubles().size();
        long from = System.nanoTime();
        change.make();
        long changed = System.nanoTime();
        long acknowledged = fleet.acknowledgedWrites();
        Waiting.until("more writes", () -> fleet.acknowledgedWrites() > acknowledged + SOME ? "" : "too few");
        taken.add(new Step(what, from, changed, System.nanoTime(), fleet.troubles().size() - before));
    }

    /** A line for each, of what clients saw until they had gone on. */
    String figures(History history) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%-52s %7s %7s %20s %20s%n", "step", "took",
                "failed", "longest write gap", "longest watch gap"));
        for (Step step : taken) {
            Gaps gaps = Gaps.of(history.between(step.from(), step.to()));
            text.append(String.format(Locale.ROOT, "%-52s %5.1f s %7d %17d ms %17d ms%n", step.what(),
                    (step.changed() - step.from()) / 1e9, step.troubles(), gaps.write().toMillis(),
                    gaps.pinned().toMillis()));
        }
        return text.toString();
    }

    /** Watches that broke off without a word. */
    static List<Entry> cut(History history) {
        return history.entries().stream()
                .filter(entry -> entry instanceof Entry.Watch watch && watch.end() == Entry.End.CUT).toList();
    }
}
