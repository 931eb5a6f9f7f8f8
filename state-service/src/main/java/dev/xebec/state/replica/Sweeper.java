package dev.xebec.state.replica;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.state.machine.StateMachine;
import dev.xebec.state.machine.Sweep;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Removes, a little at a time and beside all else, what compaction made unreachable. */
final class Sweeper implements AutoCloseable {
    /** Changes looked at in one step: a few milliseconds. */
    private static final int STEP_CHANGES = 2_000;

    private final Supplier<StateMachine> machine;
    private final Semaphore work = new Semaphore(1);
    private final Thread thread;
    private volatile boolean closed;

    Sweeper(Supplier<StateMachine> machine) {
        this.machine = machine;
        thread = Thread.ofVirtual().name("sweeper").start(this::run);
    }

    void wake() {
        work.release();
    }

    private void run() {
        while (!closed) {
            try {
                work.acquire();
                work.drainPermits();
                while (!closed && machine.get().sweep(STEP_CHANGES) == Sweep.MORE) {
                    Thread.yield();
                }
            } catch (UnavailableException e) {
                // The storage was closed for another one, which wakes this thread again.
                continue;
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Returns when no step is running any more. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
