package dev.xebec.simulator.world;

import dev.xebec.contracts.api.ApiClient;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.api.ApiResponse;
import dev.xebec.contracts.api.WatchEvent;
import dev.xebec.contracts.api.WatchHandle;
import dev.xebec.contracts.api.WatchRequest;
import dev.xebec.contracts.api.WatchSink;
import dev.xebec.simulator.check.Invariants;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A client whose watches are held against the log. */
final class SeenClient implements ApiClient {
    private final ApiClient client;
    private final String name;
    private final Invariants invariants;
    private final Truthkeeper truth;
    private final Set<String> open = new TreeSet<>();
    private int watches;

    /** @param name unlike any before */
    SeenClient(ApiClient client, String name, Invariants invariants, Truthkeeper truth) {
        this.truth = truth;
        this.client = client;
        this.name = name;
        this.invariants = invariants;
    }

    @Override
    public ApiResponse send(ApiRequest request) {
        return client.send(request);
    }

    @Override
    public WatchHandle watch(WatchRequest request, WatchSink sink) {
        String watch = name + "#" + watches++;
        open.add(watch);
        truth.guarded(() -> invariants.watchOpened(watch, request));
        WatchHandle handle;
        try {
            handle = client.watch(request, new WatchSink() {
            @Override
            public void onEvents(List<WatchEvent> events) {
                truth.guarded(() -> invariants.watchDelivered(watch, events));
                sink.onEvents(events);
            }

            @Override
            public void onEnd(boolean expired, String reason) {
                ended(watch, expired);
                sink.onEnd(expired, reason);
            }
        });
        } catch (RuntimeException none) {
            ended(watch, false);
            throw none;
        }
        return () -> {
            ended(watch, false);
            handle.close();
        };
    }

    private void ended(String watch, boolean expired) {
        if (open.remove(watch)) {
            truth.guarded(() -> invariants.watchEnded(watch, expired));
        }
    }

    /** Its process has crashed. */
    void gone() {
        open.forEach(watch -> invariants.watchEnded(watch, false));
        open.clear();
    }
}
