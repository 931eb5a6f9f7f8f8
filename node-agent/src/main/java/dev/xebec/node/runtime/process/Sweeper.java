package dev.xebec.node.runtime.process;

import dev.xebec.node.runtime.ContainerId;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that looks after running containers: moves their output, delivers signals, notices their end. A platform
 * thread, because file work would hold a virtual thread's carrier.
 */
final class Sweeper {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final long BUSY_MILLIS = 20;
    private static final long IDLE_MILLIS = 160;

    /** Hears that a container is over. */
    interface Listener {
        void over(ContainerId id, Instant at);
    }

    private final Collection<ProcessContainer> containers;
    private final InstantSource clock;
    private final Listener listener;
    private final Semaphore work = new Semaphore(0);
    private final Thread thread;
    private volatile boolean stopped;

    Sweeper(Collection<ProcessContainer> containers, InstantSource clock, Listener listener) {
        this.containers = containers;
        this.clock = clock;
        this.listener = listener;
        this.thread = Thread.ofPlatform().daemon().name("container-sweeper").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void wake() {
        work.release();
    }

    void stop() {
        stopped = true;
        wake();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long pause = BUSY_MILLIS;
        while (!stopped) {
            pause = sweep() ? BUSY_MILLIS : Math.min(IDLE_MILLIS, pause * 2);
            try {
                if (work.tryAcquire(pause, TimeUnit.MILLISECONDS)) {
                    work.drainPermits();
                    pause = BUSY_MILLIS;
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private boolean sweep() {
        boolean any = false;
        for (ProcessContainer container : containers) {
            if (container.over()) {
                continue;
            }
            try {
                any |= container.sweep(clock.instant());
            } catch (IOException disk) {
                // Full or failing disk: the container goes on, its output waits in the capture.
                LOG.warn("Container {} cannot be looked after now: {}", container.id(), disk.toString());
            }
            if (container.over()) {
                listener.over(container.id(), clock.instant());
            }
        }
        return any;
    }
}
