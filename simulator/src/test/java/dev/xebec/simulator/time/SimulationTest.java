package dev.xebec.simulator.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.simulator.kernel.SimulatedProcess;
import dev.xebec.simulator.kernel.Simulation;
import dev.xebec.simulator.kernel.SimulationFailedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class SimulationTest {

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a tangle of threads does, and the run's trace. */
    private static List<String> tangle(long seed) {
        List<String> seen = new ArrayList<>();
        try (Simulation simulation = new Simulation(seed)) {
            SimulatedProcess process = simulation.process("one");
            simulation.run(() -> {
                LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
                for (int i = 0; i < 5; i++) {
                    String name = "t" + i;
                    process.start(name, () -> {
                        for (int j = 0; j < 5; j++) {
                            sleep(Duration.ofMillis(ThreadLocalRandom.current().nextInt(3)));
                            queue.add(name + "-" + j + "-" + UUID.randomUUID() + new SplittableRandom().nextInt());
                        }
                    });
                }
                for (int i = 0; i < 25; i++) {
                    try {
                        seen.add(queue.take() + "@" + System.nanoTime() + "@" + Instant.now());
                    } catch (InterruptedException interrupted) {
                        throw new IllegalStateException(interrupted);
                    }
                }
                seen.add(Map.of("a", 1, "b", 2, "c", 3).keySet().toString());
            });
            seen.add("trace " + simulation.trace());
        }
        return seen;
    }

    @Test
    void aSeedDecidesEverything() {
        assertThat(tangle(7)).isEqualTo(tangle(7));
        assertThat(tangle(7)).isNotEqualTo(tangle(8));
    }

    @Test
    void daysPassWithoutWaiting() {
        List<Duration> slept = new ArrayList<>();
        try (Simulation simulation = new Simulation(1)) {
            simulation.run(() -> {
                LongSupplier clock = System::nanoTime;
                long before = clock.getAsLong();
                Instant wall = InstantSource.system().instant();
                sleep(Duration.ofDays(3));
                slept.add(Duration.ofNanos(System.nanoTime() - before));
                slept.add(Duration.ofNanos(clock.getAsLong() - before));
                slept.add(Duration.between(wall, Instant.now()));
            });
        }
        assertThat(slept).allSatisfy(each -> assertThat(each).isBetween(Duration.ofDays(3),
                Duration.ofDays(3).plusSeconds(1)));
    }

    @Test
    void waitsOfTheJdkAreInSimulatedTime() {
        List<String> seen = new ArrayList<>();
        try (Simulation simulation = new Simulation(1)) {
            simulation.run(() -> {
                ReentrantLock lock = new ReentrantLock();
                Condition never = lock.newCondition();
                lock.lock();
                try {
                    seen.add("signalled " + (never.awaitNanos(Duration.ofHours(1).toNanos()) > 0));
                    seen.add("polled " + new LinkedBlockingQueue<String>().poll(1, TimeUnit.HOURS));
                    new CompletableFuture<String>().get(1, TimeUnit.HOURS);
                } catch (InterruptedException | java.util.concurrent.ExecutionException unexpected) {
                    throw new IllegalStateException(unexpected);
                } catch (TimeoutException expected) {
                    seen.add("timed out");
                }
                ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, Thread.ofVirtual().factory());
                CompletableFuture<String> rung = new CompletableFuture<>();
                timer.schedule(() -> rung.complete("rung"), 2, TimeUnit.HOURS);
                seen.add(rung.join());
                seen.add("hours " + simulation.elapsed().toHours());
            });
        }
        assertThat(seen).containsExactly("signalled false", "polled null", "timed out", "rung", "hours 5");
    }

    @Test
    void aCrashedProcessNeverGoesOnAndAPausedOneLater() {
        List<String> seen = new ArrayList<>();
        try (Simulation simulation = new Simulation(3)) {
            SimulatedProcess doomed = simulation.process("doomed");
            SimulatedProcess slow = simulation.process("slow");
            simulation.run(() -> {
                doomed.start("d", () -> {
                    sleep(Duration.ofSeconds(10));
                    seen.add("doomed");
                });
                slow.start("s", () -> {
                    sleep(Duration.ofSeconds(10));
                    seen.add("slow after " + simulation.elapsed().toSeconds());
                });
                sleep(Duration.ofSeconds(5));
                doomed.crash();
                slow.pause();
                sleep(Duration.ofSeconds(20));
                slow.resume();
                sleep(Duration.ofSeconds(1));
            });
        }
        assertThat(seen).containsExactly("slow after 25");
    }

    @Test
    void clocksMayDifferAndRunAtDifferentRates() {
        List<Long> seen = new ArrayList<>();
        try (Simulation simulation = new Simulation(3)) {
            SimulatedProcess fast = simulation.process("fast");
            fast.setRate(2);
            fast.setWallClock(Duration.ofDays(-1));
            simulation.run(() -> {
                Instant here = Instant.now();
                CompletableFuture<Long> there = new CompletableFuture<>();
                Thread thread = fast.start("f", () -> {
                    there.complete(Duration.between(Instant.now(), here).toHours());
                    sleep(Duration.ofSeconds(10));
                });
                seen.add(there.join());
                try {
                    thread.join();
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                }
                seen.add(simulation.elapsed().toSeconds());
            });
        }
        assertThat(seen).containsExactly(23L, 5L);
    }

    @Test
    void aFaultInAThreadEndsTheRunAndNamesTheSeed() {
        try (Simulation simulation = new Simulation(42)) {
            SimulatedProcess process = simulation.process("one");
            assertThatThrownBy(() -> simulation.run(() -> {
                process.start("bad", () -> {
                    throw new IllegalStateException("broken");
                });
                sleep(Duration.ofSeconds(1));
            })).isInstanceOf(SimulationFailedException.class).hasMessageContaining("seed 42")
                    .hasMessageContaining("broken");
        }
    }
}
