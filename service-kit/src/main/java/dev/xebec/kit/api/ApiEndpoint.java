package dev.xebec.kit.api;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.api.ApiClient;
import dev.xebec.contracts.api.ApiResponse;
import dev.xebec.contracts.api.WatchEvent;
import dev.xebec.contracts.api.WatchHandle;
import dev.xebec.contracts.api.WatchRequest;
import dev.xebec.contracts.api.WatchSink;
import dev.xebec.contracts.codec.ApiCodec;
import dev.xebec.contracts.codec.ByteWriter;
import dev.xebec.contracts.codec.MalformedMessageException;
import dev.xebec.kit.bus.Bus;
import dev.xebec.kit.bus.BusStream;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A gateway's bus door: answers requests at {@code api.<gateway>} and {@code api}, and serves watches as streams at
 * {@code apiwatch.<gateway>} and {@code apiwatch}, by its in-process client.
 */
public final class ApiEndpoint implements AutoCloseable {
    /** Bytes of an answer's body; a longer list has to be asked for in pages. */
    static final int MAX_BODY_BYTES = ByteWriter.MAX_BYTES - 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(ApiEndpoint.class);

    private final ApiClient local;
    private final List<Bus.Registration> registrations;
    /** One for each request under way; all of them when the last is answered. */
    private final Semaphore asked = new Semaphore(Integer.MAX_VALUE);
    private final Set<Served> watches = ConcurrentHashMap.newKeySet();
    private volatile boolean leaving;

    /** @param gateway the process's name, such as {@code master-0} */
    public ApiEndpoint(Bus bus, ApiClient local, String gateway) {
        this.local = local;
        registrations = List.of(bus.serve(Addresses.requests(gateway), this::answer),
                bus.serve(Addresses.ANY, this::answer),
                bus.serveStreams(Addresses.watches(gateway), this::watch),
                bus.serveStreams(Addresses.ANY_WATCH, this::watch));
    }

    /**
     * Sends clients to other gateways: takes nothing new, ends the watches, which are resumed elsewhere, and waits until
     * what was asked before is answered.
     *
     * @param spread over which watches end, so that they do not all come to the others at once
     * @param grace how long to wait at most
     */
    public void leave(Duration spread, Duration grace) {
        if (leaving) {
            return;
        }
        close();
        leaving = true;
        watches.forEach(watch -> endSoon(watch, spread));
        try {
            if (!asked.tryAcquire(Integer.MAX_VALUE, grace.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("requests of the cluster's services are under way after {} ms and break off",
                        grace.toMillis());
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    private static void endSoon(Served watch, Duration spread) {
        if (spread.isZero()) {
            watch.end();
            return;
        }
        Duration pause = Duration.ofMillis(ThreadLocalRandom.current().nextLong(spread.toMillis()));
        Thread.ofVirtual().name("end-watch").start(() -> {
            try {
                Thread.sleep(pause);
            } catch (InterruptedException impatient) {
                Thread.currentThread().interrupt();
            }
            watch.end();
        });
    }

    /** Takes nothing new. */
    @Override
    public void close() {
        registrations.forEach(Bus.Registration::close);
    }

    private Bytes answer(Bytes message) {
        if (!asked.tryAcquire()) {
            throw new UnavailableException("the gateway shuts down");
        }
        try {
            return ApiCodec.response(carried(respond(message)));
        } finally {
            asked.release();
        }
    }

    private ApiResponse respond(Bytes message) {
        try {
            return local.send(ApiCodec.request(message));
        } catch (RejectedException rejected) {
            return refusal(rejected.status());
        } catch (MalformedMessageException malformed) {
            return refusal(Status.badRequest(String.valueOf(malformed.getMessage())));
        }
    }

    private static ApiResponse carried(ApiResponse response) {
        int size = response.body().size();
        return size <= MAX_BODY_BYTES
                ? response
                : refusal(Status.internalError("the answer has " + size
                        + " bytes and the bus carries " + MAX_BODY_BYTES + "; ask for pages with limit"));
    }

    private static ApiResponse refusal(Status status) {
        return new ApiResponse(status.code(), "application/json", Map.of(), Bytes.of(Json.bytes(status.toTree())));
    }

    /** Runs until the watcher goes away or the watch ends. */
    private void watch(Bytes message, BusStream stream) {
        WatchRequest request = ApiCodec.watchRequest(message);
        StreamSink sink = new StreamSink(stream, request.resources(), new AtomicBoolean());
        try (WatchHandle watch = local.watch(request, sink)) {
            untilGone(new Served(watch, sink), stream);
            LOG.trace("watch of {} is closed by the watcher: {}", request.resources(), watch);
        } catch (UnavailableException gone) {
            LOG.debug("watch of {} ends: {}", request.resources(), gone.getMessage());
        }
    }

    private void untilGone(Served watch, BusStream stream) {
        watches.add(watch);
        try {
            if (leaving) {
                watch.end();
            }
            Bytes more = stream.receive(Duration.ZERO);
            if (more != null) {
                throw new MalformedMessageException("a watcher says nothing after its request");
            }
        } finally {
            watches.remove(watch);
        }
    }

    /** A watch that runs. */
    private record Served(WatchHandle watch, StreamSink sink) {
        void end() {
            sink.onEnd(false, "the gateway shuts down");
            watch.close();
        }
    }

    /** Writes a watch into a stream; the stream's credit window holds the watch back. */
    private record StreamSink(BusStream stream, List<GroupVersionResource> resources, AtomicBoolean over)
            implements
                WatchSink {

        @Override
        public void onEvents(List<WatchEvent> events) {
            if (over.get()) {
                return;
            }
            int room = BusStream.MAX_CHUNK_BYTES - 1024;
            try {
                ApiCodec.events(events, resources, room).forEach(stream::send);
            } catch (UnavailableException gone) {
                LOG.debug("watch of {} has lost its watcher: {}", resources, gone.getMessage());
            }
        }

        @Override
        public void onEnd(boolean expired, String reason) {
            if (over.getAndSet(true)) {
                return;
            }
            try {
                stream.send(ApiCodec.end(expired, reason));
                stream.end();
            } catch (UnavailableException gone) {
                LOG.debug("nobody hears that the watch of {} ended ({}): {}", resources, reason, gone.getMessage());
            }
        }
    }
}
