package dev.xebec.gateway.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** Threads that wait for a revision; each is woken once, by the swap that reaches it. */
final class RevisionWaiters {
    private final ReentrantLock lock = new ReentrantLock();
    private final PriorityQueue<Waiter> waiting = new PriorityQueue<>(Comparator.comparingLong(Waiter::revision));

    private record Waiter(long revision, CountDownLatch reached) {}

    /** @param present the newest revision, published before {@link #reached} is called */
    boolean await(long revision, Duration patience, LongSupplier present) {
        Waiter waiter = new Waiter(revision, new CountDownLatch(1));
        lock.lock();
        try {
            waiting.add(waiter);
        } finally {
            lock.unlock();
        }
        try {
            return present.getAsLong() >= revision
                    || waiter.reached().await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.lock();
            try {
                waiting.remove(waiter);
            } finally {
                lock.unlock();
            }
        }
    }

    void reached(long revision) {
        List<Waiter> woken = new ArrayList<>();
        lock.lock();
        try {
            while (!waiting.isEmpty() && waiting.peek().revision() <= revision) {
                woken.add(waiting.remove());
            }
        } finally {
            lock.unlock();
        }
        woken.forEach(waiter -> waiter.reached().countDown());
    }
}
