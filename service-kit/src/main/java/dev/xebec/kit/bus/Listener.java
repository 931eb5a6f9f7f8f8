package dev.xebec.kit.bus;

import dev.xebec.contracts.Bytes;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands published messages to one consumer, one after another, on a virtual thread that lives while there are some. */
final class Listener {
    /** Messages that wait for a slow consumer; the oldest is dropped, as the bus may lose anything published. */
    static final int MAX_WAITING = 1_024;

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    private final String address;
    private final Consumer<Bytes> consumer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Bytes> waiting = new ArrayDeque<>();
    private boolean running;

    Listener(String address, Consumer<Bytes> consumer) {
        this.address = address;
        this.consumer = consumer;
    }

    /** Never blocks for long: may be called by an event loop. */
    void hear(Bytes message) {
        lock.lock();
        try {
            if (waiting.size() == MAX_WAITING) {
                waiting.remove();
            }
            waiting.add(message);
            if (running) {
                return;
            }
            running = true;
        } finally {
            lock.unlock();
        }
        Thread.ofVirtual().name("bus-listener-" + address).start(this::drain);
    }

    private void drain() {
        for (Bytes message = next(); message != null; message = next()) {
            try {
                consumer.accept(message);
            } catch (RuntimeException e) {
                LOG.error("A listener at {} failed", address, e);
            }
        }
    }

    private @Nullable Bytes next() {
        lock.lock();
        try {
            Bytes message = waiting.poll();
            running = message != null;
            return message;
        } finally {
            lock.unlock();
        }
    }
}
