package dev.xebec.state.service;

import dev.xebec.kit.state.StateEndpoint;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A replica on the bus, for as long as its vote counts: one that waits to be added would answer clients from nothing, and one that was
 * removed from what is past.
 */
final class Presence implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(100);

    private final BooleanSupplier wanted;
    private final Supplier<StateEndpoint> open;
    private final Thread thread;
    private volatile boolean closed;
    private @Nullable StateEndpoint present;

    private Presence(BooleanSupplier wanted, Supplier<StateEndpoint> open) {
        this.wanted = wanted;
        this.open = open;
        look();
        thread = Thread.ofVirtual().name("state-presence").start(this::run);
    }

    /** Opens it before it returns, where it is wanted already. */
    static Presence start(BooleanSupplier wanted, Supplier<StateEndpoint> open) {
        return new Presence(wanted, open);
    }

    private void run() {
        while (!closed) {
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException stopped) {
                return;
            }
            look();
        }
    }

    private void look() {
        boolean now = wanted.getAsBoolean();
        if (now && present == null) {
            present = open.get();
        } else if (!now) {
            leave();
        }
    }

    private void leave() {
        StateEndpoint leaving = present;
        present = null;
        if (leaving != null) {
            leaving.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        leave();
    }
}
