package dev.xebec.kit.reconcile;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.kit.client.Resources;
import dev.xebec.model.object.ApiObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records Kubernetes Events beside the work they tell of: {@link #emit} returns at once and never fails. Repeated ones are
 * counted up in one Event, whose name follows from what it says; while the server is slow, repetitions are counted here
 * first. A few virtual threads write. Events beyond the limit, and those that nobody takes, are dropped.
 */
public final class Events implements AutoCloseable {
    /** Different Events that may wait to be written. */
    static final int MAX_WAITING = 1_000;
    /** Events that are written at the same time. */
    private static final int WRITERS = 4;

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);

    private final EventWriter writer;
    private final String component;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    private final Set<String> writing = new HashSet<>();
    private long dropped;
    private boolean started;
    private boolean closed;

    /** An Event that is to be written or counted up by {@code count}. */
    record Waiting(EventText text, int count, Instant first, Instant last) {

        Waiting again(Instant now) {
            return new Waiting(text, count + 1, first, now);
        }
    }

    /** @param component such as {@code deployment-controller} or {@code kubelet} */
    public Events(Resources resources, String component, InstantSource clock) {
        this.writer = new EventWriter(resources);
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
            for (int i = 0; i < WRITERS; i++) {
                Thread.ofVirtual().name("events-" + component + "-" + i).start(this::write);
            }
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
                String why = writer.write(next);
                if (!why.isEmpty()) {
                    LOG.debug("an event of {} is not written: {}", component, why);
                }
            } catch (UnavailableException unavailable) {
                LOG.debug("an event of {} is lost: {}", component, unavailable.getMessage());
            } catch (RuntimeException fault) {
                LOG.error("an event of {} cannot be recorded: {}", component, next.text(), fault);
            } finally {
                written(next);
            }
        }
    }

    private @Nullable Waiting next() {
        lock.lock();
        try {
            while (!closed) {
                for (var entry : waiting.entrySet()) {
                    if (writing.add(entry.getKey())) {
                        waiting.remove(entry.getKey());
                        return entry.getValue();
                    }
                }
                changed.awaitUninterruptibly();
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void written(Waiting event) {
        lock.lock();
        try {
            writing.remove(event.text().key());
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
