package dev.xebec.kit.state;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.StateStore;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this process can reach the state service: a replica that knows a leader has answered lately. Asks twice a
 * second on a virtual thread; what depends on it may be wrong for a moment.
 */
public final class StateReach implements BooleanSupplier, AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(500);
    /** While it is not reachable: what waits for it should not wait long. */
    private static final Duration SOON = Duration.ofMillis(50);
    /** Without a good answer for so long, it is not reachable. */
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(StateReach.class);

    private final StateStore state;
    private final Thread asking;
    private volatile boolean everAnswered;
    private volatile long answeredNanos;

    /** Asks from now on, until closed. */
    public StateReach(StateStore state) {
        this.state = state;
        asking = Thread.ofVirtual().name("state-reach").start(this::run);
    }

    @Override
    public boolean getAsBoolean() {
        return everAnswered && System.nanoTime() - answeredNanos < LIMIT.toNanos();
    }

    private void run() {
        try {
            while (true) {
                ask();
                Thread.sleep(getAsBoolean() ? EVERY : SOON);
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        }
    }

    private void ask() {
        try {
            if (!state.status(LogGroup.MAIN).leader().isEmpty()) {
                answeredNanos = System.nanoTime();
                everAnswered = true;
            }
        } catch (UnavailableException e) {
            // That is the answer; time tells.
            assert e.getMessage() != null;
        } catch (RuntimeException e) {
            // A fault, but no reason to call the state service unreachable for as long as the process lives.
            LOG.error("asking the state service for its status failed", e);
        }
    }

    @Override
    public void close() {
        asking.interrupt();
    }
}
