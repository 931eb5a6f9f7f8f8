package dev.xebec.kit.reconcile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.kit.client.ApiResult;
import dev.xebec.kit.client.Resources;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records Kubernetes Events beside the work they tell of: {@link #emit} returns at once and never fails. Repeated ones are
 * counted up in one Event, whose name follows from what it says; while the server is slow, repetitions are counted here
 * first. One virtual thread writes. Events beyond the limit are dropped.
 */
public final class Events implements AutoCloseable {
    /** Different Events that may wait to be written. */
    static final int MAX_WAITING = 1_000;
    /** Tries to count up one Event against other writers. */
    private static final int MAX_TRIES = 5;

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final Resources resources;
    private final String component;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    private long dropped;
    private boolean started;
    private boolean closed;

    /** An Event that is to be written or counted up by {@code count}. */
    private record Waiting(EventText text, int count, Instant first, Instant last) {

        Waiting again(Instant now) {
            return new Waiting(text, count + 1, first, now);
        }
    }

    /** @param component such as {@code deployment-controller} or {@code kubelet} */
    public Events(Resources resources, String component, InstantSource clock) {
        this.resources = resources;
        this.component = component;
        this.clock = clock;
    }

    /** @param type Normal or Warning; @param message is cut at 1,024 characters */
    public void emit(ApiObject about, String type, String reason, String message) {
        EventText text = EventText.of(about, component, type, reason, message);
        Instant now = clock.instant();
        lock.lock();
        try {
            Waiting known = waiting.get(text.key());
            if (known != null) {
                waiting.put(text.key(), known.again(now));
            } else if (closed || waiting.size() >= MAX_WAITING) {
                drop();
            } else {
                waiting.put(text.key(), new Waiting(text, 1, now, now));
                begin();
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets go of what is not written yet. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            waiting.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void begin() {
        if (!started) {
            started = true;
            Thread.ofVirtual().name("events-" + component).start(this::write);
        }
    }

    private void drop() {
        if (dropped++ % MAX_WAITING == 0) {
            LOG.warn("{} events of {} were dropped: {} are waiting", dropped, component, waiting.size());
        }
    }

    private void write() {
        for (Waiting next = next(); next != null; next = next()) {
            try {
                record(next);
            } catch (UnavailableException unavailable) {
                LOG.debug("an event of {} is lost: {}", component, unavailable.getMessage());
            } catch (RuntimeException fault) {
                LOG.error("an event of {} cannot be recorded: {}", component, next.text(), fault);
            }
        }
    }

    private @Nullable Waiting next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            if (closed) {
                return null;
            }
            var first = waiting.entrySet().iterator();
            Waiting next = first.next().getValue();
            first.remove();
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void record(Waiting event) {
        EventText text = event.text();
        for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
            ApiResult found = resources.get(GroupVersionResource.EVENTS, text.namespace(), text.name());
            ApiResult result = switch (found) {
                case ApiResult.Ok ok -> countUp(event, ok.object());
                case ApiResult.Refused missing -> missing.status().code() == 404
                        ? resources.create(GroupVersionResource.EVENTS,
                                text.object(event.count(), event.first(), event.last()))
                        : missing;
            };
            if (!(result instanceof ApiResult.Refused refused)) {
                return;
            }
            if (refused.status().code() != 404 && refused.status().code() != 409) {
                LOG.debug("an event of {} is refused: {}", component, refused.status().message());
                return;
            }
        }
        LOG.debug("an event of {} is not counted up: others write it, too", component);
    }

    private ApiResult countUp(Waiting event, ApiObject known) {
        ObjectNode patch = Json.object();
        patch.putObject("metadata").put("resourceVersion", Long.toString(known.revision()));
        patch.put("count", known.tree().path("count").asInt(0) + event.count());
        patch.put("lastTimestamp", EventText.time(event.last()));
        return resources.merge(GroupVersionResource.EVENTS, event.text().namespace(), event.text().name(), "", patch);
    }
}
