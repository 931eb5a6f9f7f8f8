package dev.xebec.simulator.world;

import dev.xebec.contracts.api.ApiClient;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.api.ApiResponse;
import dev.xebec.contracts.api.WatchEvent;
import dev.xebec.contracts.api.WatchHandle;
import dev.xebec.contracts.api.WatchRequest;
import dev.xebec.contracts.api.WatchSink;
import dev.xebec.kit.client.Bindings;
import dev.xebec.model.object.ApiObject;
import dev.xebec.simulator.check.Invariants;
import dev.xebec.simulator.check.Truth;
import dev.xebec.simulator.check.Violation;
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
        ApiResponse response = client.send(request);
        boolean writes = List.of("POST", "PUT", "PATCH").contains(request.method());
        if (writes && response.ok() && !request.path().equals(Bindings.PATH)) {
            ApiObject written = ApiObject.parse(response.body().array());
            truth.guarded(() -> acknowledged(written));
        }
        return response;
    }

    /** What a write was answered stands in the log, at the revision that the answer names. */
    private void acknowledged(ApiObject written) {
        Truth log = invariants.truth();
        long revision = written.revision();
        if (revision > log.oldest() && log.transitionsAt(revision).stream()
                .noneMatch(change -> change.change().key().endsWith("/" + written.name()))) {
            throw new Violation("acknowledged-revisions", revision, "a change of " + written.kind() + " "
                    + written.key() + ", as a client of " + name + " was answered",
                    log.transitionsAt(revision).stream().map(change -> change.change().key()).toList().toString());
        }
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
