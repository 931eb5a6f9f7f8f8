package dev.xebec.simulator.kernel;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** What is due later, by due time; equal times in the order in which they were set. Not thread-safe. */
final class Timers {
    private final PriorityQueue<Timer> queue = new PriorityQueue<>(
            Comparator.comparingLong(Timer::due).thenComparingLong(Timer::number));
    private long numbers;

    /** @param owner whose it is; null for the simulation's own */
    record Timer(long due, long number, @Nullable SimulatedProcess owner, FutureTask<?> work) {}

    Future<?> add(long due, @Nullable SimulatedProcess owner, Runnable work) {
        FutureTask<?> task = new FutureTask<>(work, null);
        queue.add(new Timer(due, numbers++, owner, task));
        return task;
    }

    /** When the next one is due; {@link Long#MAX_VALUE} for never. */
    long nextDue() {
        dropDead();
        Timer next = queue.peek();
        return next == null ? Long.MAX_VALUE : next.due();
    }

    /** The next one that is due by {@code now}; null for none. */
    @Nullable
    Timer take(long now) {
        return nextDue() <= now ? queue.poll() : null;
    }

    private void dropDead() {
        for (Timer next = queue.peek(); next != null && isDead(next); next = queue.peek()) {
            queue.remove();
        }
    }

    private static boolean isDead(Timer timer) {
        SimulatedProcess owner = timer.owner();
        return timer.work().isCancelled() || (owner != null && !owner.alive());
    }
}
