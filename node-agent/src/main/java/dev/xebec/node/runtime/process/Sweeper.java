package dev.xebec.node.runtime.process;

import dev.xebec.node.runtime.ContainerId;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
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
    /** Of the sweeping thread: what is wrong with which container, as last told. */
    private final Map<ContainerId, String> troubles = new HashMap<>();
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
            if (!container.settled()) {
                any |= sweep(container);
            }
        }
        troubles.keySet().removeIf(id -> containers.stream().noneMatch(each -> each.id().equals(id)));
        return any;
    }

    /** What goes wrong with one container is told, and costs the others nothing; the next round tries again. */
    private boolean sweep(ProcessContainer container) {
        boolean wasOver = container.over();
        boolean moved = false;
        try {
            moved = container.sweep(clock.instant());
            troubles.remove(container.id());
        } catch (IOException disk) {
            if (news(container, disk)) {
                LOG.warn("Container {} cannot be looked after now: {}", container.id(), disk.toString());
            }
        } catch (RuntimeException fault) {
            if (news(container, fault)) {
                LOG.error("Fault in looking after container {}", container.id(), fault);
            }
        }
        if (!wasOver && container.over()) {
            tell(container.id());
        }
        return moved;
    }

    /** The same trouble comes with every round: it is told once. */
    private boolean news(ProcessContainer container, Exception trouble) {
        return !trouble.toString().equals(troubles.put(container.id(), trouble.toString()));
    }

    private void tell(ContainerId id) {
        try {
            listener.over(id, clock.instant());
        } catch (RuntimeException fault) {
            LOG.error("Fault in those who were told that container {} is over", id, fault);
        }
    }
}
