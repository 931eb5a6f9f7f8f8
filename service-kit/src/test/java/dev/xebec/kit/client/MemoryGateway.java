package dev.xebec.kit.client;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.api.ApiClient;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.api.ApiResponse;
import dev.xebec.contracts.api.WatchEvent;
import dev.xebec.contracts.api.WatchHandle;
import dev.xebec.contracts.api.WatchRequest;
import dev.xebec.contracts.api.WatchSink;
import dev.xebec.contracts.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A door to a {@link MemoryApi} that can die and come back. Its watches die with it, without a word of what they lost. */
public final class MemoryGateway implements ApiClient {
    private final MemoryApi api;
    private final List<Watch> watches = new CopyOnWriteArrayList<>();
    private final List<WatchRequest> watched = new CopyOnWriteArrayList<>();
    private volatile boolean dead;

    MemoryGateway(MemoryApi api) {
        this.api = api;
    }

    public void die() {
        dead = true;
        watches.forEach(Watch::die);
        watches.clear();
    }

    public void revive() {
        dead = false;
    }

    /** Every watch that was asked for. */
    public List<WatchRequest> watched() {
        return List.copyOf(watched);
    }

    /** Watches that are followed now. */
    public int open() {
        return (int) watches.stream().filter(watch -> !watch.closed).count();
    }

    @Override
    public ApiResponse send(ApiRequest request) {
        if (dead) {
            throw new UnavailableException("the gateway is dead");
        }
        return api.send(request);
    }

    @Override
    public WatchHandle watch(WatchRequest request, WatchSink sink) {
        if (dead) {
            throw new UnavailableException("the gateway is dead");
        }
        watched.add(request);
        Watch watch = new Watch(request, sink);
        watches.add(watch);
        Thread.ofVirtual().start(watch::run);
        return () -> watch.closed = true;
    }

    private final class Watch {
        private final WatchRequest request;
        private final WatchSink sink;
        private volatile boolean closed;

        Watch(WatchRequest request, WatchSink sink) {
            this.request = request;
            this.sink = sink;
        }

        void die() {
            closed = true;
            sink.onEnd(false, "the gateway died");
        }

        void run() {
            try {
                follow();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }

        private void follow() throws InterruptedException {
            long seen = request.fromRevision();
            if (seen == 0) {
                List<WatchEvent> present = api.present(request);
                seen = present.get(present.size() - 1).revision();
                sink.onEvents(present);
            }
            while (!closed) {
                List<WatchEvent> changes = api.changesAfter(seen);
                if (changes == null) {
                    sink.onEnd(true, "compacted");
                    return;
                }
                if (!changes.isEmpty() && !closed) {
                    seen = changes.get(changes.size() - 1).revision();
                    sink.onEvents(matching(changes, seen));
                }
            }
        }

        private List<WatchEvent> matching(List<WatchEvent> changes, long upTo) {
            List<WatchEvent> matching = new ArrayList<>(changes);
            matching.removeIf(event -> !request.resources().contains(event.resource()));
            if (matching.isEmpty() || matching.get(matching.size() - 1).revision() < upTo) {
                matching.add(new WatchEvent(WatchEvent.Type.PROGRESS, request.resources().get(0), upTo, Bytes.EMPTY));
            }
            return matching;
        }
    }
}
