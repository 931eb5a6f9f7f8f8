package dev.xebec.benchmarks;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Many clients doing one kind of operation as fast as each gets its answers. */
final class Swarm {
    /** One operation; throws or answers another HTTP code than 2xx when it failed. */
    interface Operation {
        int perform(Connection connection, long number) throws IOException, InterruptedException;
    }

    private final Target target;
    private final Histogram micros = new ConcurrentHistogram(60_000_000L, 3);
    private final AtomicLong failures = new AtomicLong();

    Swarm(Target target) {
        this.target = target;
    }

    /** Performs {@code count} operations and prints a line of figures. */
    void run(String name, long count, Operation operation)
            throws IOException, GeneralSecurityException, InterruptedException {
        List<Connection> connections = new ArrayList<>();
        for (int client = 0; client < target.clients(); client++) {
            connections.add(target.connect());
            connections.get(client).get("/version");
        }
        AtomicLong next = new AtomicLong();
        ServerProcesses servers = target.servers();
        long begun = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (Connection connection : connections) {
            threads.add(Thread.ofVirtual().start(() -> work(connection, next, count, operation)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(Locale.ROOT,
                "%s: %d with %d clients in %.1f s: %.0f/s; p50 %.1f ms, p99 %.1f ms, max %.0f ms; "
                        + "%d failed%s%n",
                name, count, target.clients(), seconds, count / seconds,
                micros.getValueAtPercentile(50) / 1000.0, micros.getValueAtPercentile(99) / 1000.0,
                micros.getMaxValue() / 1000.0, failures.get(), servers.figures(count));
    }

    private void work(Connection connection, AtomicLong next, long count, Operation operation) {
        for (long number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
            long begun = System.nanoTime();
            try {
                if (operation.perform(connection, number) / 100 != 2) {
                    failures.incrementAndGet();
                }
            } catch (IOException broken) {
                failures.incrementAndGet();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
            micros.recordValue(Math.min(60_000_000L, (System.nanoTime() - begun) / 1000));
        }
    }
}
