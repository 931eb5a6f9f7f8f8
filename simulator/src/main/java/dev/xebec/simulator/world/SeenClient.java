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

/** A client whose watches are held against the log. */
final class SeenClient implements ApiClient {
    private final ApiClient client;
    private final String name;
    private final Invariants invariants;
    private final Truthkeeper truth;
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
        truth.guarded(() -> invariants.watchOpened(watch, request));
        WatchHandle handle = client.watch(request, new WatchSink() {
            @Override
            public void onEvents(List<WatchEvent> events) {
                truth.guarded(() -> invariants.watchDelivered(watch, events));
                sink.onEvents(events);
            }

            @Override
            public void onEnd(boolean expired, String reason) {
                truth.guarded(() -> invariants.watchEnded(watch, expired));
                sink.onEnd(expired, reason);
            }
        });
        return () -> {
            invariants.watchEnded(watch, false);
            handle.close();
        };
    }
}
