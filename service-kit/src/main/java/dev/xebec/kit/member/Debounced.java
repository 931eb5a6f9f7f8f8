package dev.xebec.kit.member;

import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs something on a virtual thread once or more after each call, never twice at a time. */
final class Debounced {
    private static final Logger LOG = LoggerFactory.getLogger(Debounced.class);

    private final String name;
    private final Runnable work;
    private final AtomicInteger asked = new AtomicInteger();

    Debounced(String name, Runnable work) {
        this.name = name;
        this.work = work;
    }

    void call() {
        if (asked.getAndIncrement() == 0) {
            Thread.ofVirtual().name(name).start(this::run);
        }
    }

    private void run() {
        int seen = asked.get();
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("{} failed", name, e);
        } finally {
            // Also after an Error, which ends this thread: what was asked meanwhile gets another.
            if (asked.addAndGet(-seen) != 0) {
                Thread.ofVirtual().name(name).start(this::run);
            }
        }
    }
}
