package dev.xebec.kit.api;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.api.WatchEvent;
import dev.xebec.contracts.api.WatchHandle;
import dev.xebec.contracts.api.WatchSink;
import dev.xebec.contracts.codec.ApiCodec;
import dev.xebec.contracts.codec.ApiCodec.WatchMessage;
import dev.xebec.contracts.codec.MalformedMessageException;
import dev.xebec.kit.bus.BusStream;
import dev.xebec.model.object.GroupVersionResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A watch's receiving end: one virtual thread reads the stream and calls the sink with whole revisions, until the stream
 * ends. What had come of a revision that was cut off is dropped; the watcher resumes before it.
 */
final class BusWatch implements WatchHandle {
    /** Bytes of objects of one revision; more is a fault of the gateway and ends the watch. */
    static final long MAX_REVISION_BYTES = 256L * 1024 * 1024;

    private final BusStream stream;
    private final List<GroupVersionResource> resources;
    private final WatchSink sink;
    private final Runnable onFailure;
    private volatile boolean closed;

    /** @param onFailure called when the stream breaks, before the sink hears of it */
    BusWatch(BusStream stream, List<GroupVersionResource> resources, WatchSink sink, Runnable onFailure) {
        this.stream = stream;
        this.resources = resources;
        this.sink = sink;
        this.onFailure = onFailure;
    }

    /** Reads until the end; the sink hears of the end unless the watcher closed the watch himself. */
    void run() {
        WatchMessage.End end = read();
        stream.close();
        if (!closed) {
            sink.onEnd(end.expired(), end.reason());
        }
    }

    @Override
    public void close() {
        closed = true;
        stream.close();
    }

    private WatchMessage.End read() {
        List<WatchEvent> begun = new ArrayList<>();
        long begunBytes = 0;
        try {
            while (true) {
                Bytes bytes = stream.receive(Duration.ZERO);
                if (bytes == null) {
                    return new WatchMessage.End(false, "the gateway ended the stream");
                }
                switch (ApiCodec.watchMessage(bytes, resources)) {
                    case WatchMessage.End end -> {
                        return end;
                    }
                    case WatchMessage.Events events -> {
                        begun.addAll(events.events());
                        begunBytes += bytes.size();
                        if (events.wholeRevision()) {
                            deliver(begun);
                            begun = new ArrayList<>();
                            begunBytes = 0;
                        }
                    }
                }
                if (begunBytes > MAX_REVISION_BYTES) {
                    throw new MalformedMessageException("a revision of more than " + MAX_REVISION_BYTES + " bytes");
                }
            }
        } catch (UnavailableException | MalformedMessageException broken) {
            onFailure.run();
            return new WatchMessage.End(false, String.valueOf(broken.getMessage()));
        }
    }

    private void deliver(List<WatchEvent> events) {
        if (!closed) {
            sink.onEvents(events);
        }
    }
}
