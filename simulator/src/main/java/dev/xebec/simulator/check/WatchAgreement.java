package dev.xebec.simulator.check;

import dev.xebec.contracts.api.WatchEvent;
import dev.xebec.contracts.api.WatchRequest;
import dev.xebec.model.kind.KindRegistry;
import java.util.List;
import java.util.TreeMap;

/**
 * Every watch through a bus door, at any gateway, shows the log: its events are those of the log that its selectors let
 * through, in the log's order, none left out, none twice, each revision whole in one call. As all are compared with one log,
 * any two gateways deliver the same. Source: the watch guarantees of etcd's robustness tests.
 */
final class WatchAgreement {
    private static final String NAME = "watch";

    private final Truth truth;
    private final KindRegistry kinds;
    private final TreeMap<String, WatchLedger> open = new TreeMap<>();

    WatchAgreement(Truth truth, KindRegistry kinds) {
        this.truth = truth;
        this.kinds = kinds;
    }

    void opened(String watcher, WatchRequest request) {
        if (open.put(watcher, new WatchLedger(watcher, request, kinds)) != null) {
            throw new IllegalArgumentException("a second watch named " + watcher);
        }
    }

    void delivered(String watcher, List<WatchEvent> events) {
        WatchLedger ledger = open.get(watcher);
        if (ledger != null && !events.isEmpty()) {
            ledger.delivered(events, truth);
        }
    }

    void ended(String watcher, boolean expired) {
        WatchLedger ledger = open.remove(watcher);
        if (ledger != null && expired && ledger.covered() > 0 && ledger.covered() >= truth.revision()) {
            throw new Violation(NAME, ledger.covered(), watcher + ", which has seen the whole log, can go on",
                    "it was told that its revision is no longer kept");
        }
    }

    /** Nobody waits for an event that the log has. */
    void settled() {
        open.values().forEach(ledger -> ledger.settled(truth));
    }
}
