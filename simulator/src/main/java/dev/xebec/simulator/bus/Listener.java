package dev.xebec.simulator.bus;

import dev.xebec.contracts.Bytes;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands what is published to one consumer in order, on a thread that is there while something waits. */
final class Listener {
    /** Messages that wait for a slow consumer; the oldest is dropped, as anything published may be. */
    private static final int MAX_WAITING = 1_024;
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    private final String address;
    private final Consumer<Bytes> consumer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Bytes> waiting = new ArrayDeque<>();
    private boolean working;

    Listener(String address, Consumer<Bytes> consumer) {
        this.address = address;
        this.consumer = consumer;
    }

    /** Called by a thread of the listening process. */
    void hear(Bytes message) {
        boolean idle;
        lock.lock();
        try {
            if (waiting.size() == MAX_WAITING) {
                waiting.remove();
            }
            waiting.add(message);
            idle = !working;
            working = true;
        } finally {
            lock.unlock();
        }
        if (idle) {
            Thread.ofVirtual().name("bus-listener-" + address).start(this::work);
        }
    }

    private void work() {
        Bytes message = next();
        while (message != null) {
            try {
                consumer.accept(message);
            } catch (RuntimeException e) {
                LOG.error("A listener at {} failed", address, e);
            }
            message = next();
        }
    }

    private @Nullable Bytes next() {
        lock.lock();
        try {
            Bytes message = waiting.poll();
            working = message != null;
            return message;
        } finally {
            lock.unlock();
        }
    }
}
