package dev.xebec.simulator.bus;

import dev.xebec.contracts.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What one member asked and has no answer to. Thread-safe; used by its own process alone. */
final class Questions {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, Asked> open = new LinkedHashMap<>();
    private long numbers;

    /** A question until it is closed: the first answer counts. */
    final class Asked implements AutoCloseable {
        private final long number;
        private final SimulatedBus peer;
        private final @Nullable SimulatedStream stream;
        private final CompletableFuture<Frame.Answer> answer = new CompletableFuture<>();

        private Asked(long number, SimulatedBus peer, @Nullable SimulatedStream stream) {
            this.number = number;
            this.peer = peer;
            this.stream = stream;
        }

        long number() {
            return number;
        }

        /** A stream is connected before its first chunk, which comes behind the answer. */
        void answer(Frame.Answer given) {
            if (stream != null && given instanceof Frame.Done done && !answer.isDone()) {
                stream.connected(done.stream());
            }
            answer.complete(given);
        }

        Frame.Answer await(String address, Duration deadline) {
            try {
                return answer.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                return new Frame.Unavailable(number,
                        "no answer from " + address + " within " + deadline.toMillis() + " ms");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UnavailableException("interrupted while waiting for an answer from " + address);
            } catch (ExecutionException e) {
                throw new IllegalStateException("answers are frames", e);
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                open.remove(number);
            } finally {
                lock.unlock();
            }
        }
    }

    /** @param stream the end to connect by the answer */
    Asked ask(SimulatedBus peer, @Nullable SimulatedStream stream) {
        lock.lock();
        try {
            Asked asked = new Asked(++numbers, peer, stream);
            open.put(asked.number, asked);
            return asked;
        } finally {
            lock.unlock();
        }
    }

    void answered(SimulatedBus from, Frame.Answer answer) {
        Asked asked;
        lock.lock();
        try {
            asked = open.get(answer.number());
        } finally {
            lock.unlock();
        }
        if (asked != null && asked.peer == from) {
            asked.answer(answer);
        }
    }

    /** Nobody waits for a member that died or hangs. */
    void giveUp(Predicate<SimulatedBus> lost) {
        List<Asked> all;
        lock.lock();
        try {
            all = new ArrayList<>(open.values());
        } finally {
            lock.unlock();
        }
        for (Asked asked : all) {
            if (lost.test(asked.peer)) {
                asked.answer.complete(new Frame.Unavailable(asked.number, "the member asked has left"));
            }
        }
    }
}
