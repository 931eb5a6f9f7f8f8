package dev.xebec.simulator.kernel;

import dev.xebec.simulator.hook.Ambient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One run: processes whose virtual threads are carried by the calling thread, one at a time, in an order and a time that
 * follow from the seed alone. A thread runs until it waits for something; then the seed chooses who goes on. Time moves a
 * little with each step and jumps when all wait.
 *
 * <p>The JVM needs the flags that {@code docs/simulator.md} names; one simulation at a time.
 */
public final class Simulation implements AutoCloseable {
    /** Simulated runs begin on 2026-01-01T00:00:00Z, and on a monotonic clock at a second. */
    static final long EPOCH_NANOS = 1_767_225_600_000_000_000L;

    private static final long FIRST_NANO = 1_000_000_000L;
    private static final int CLOCK_NANOS = 30;
    private static final int LONGEST_STEP_NANOS = 20_000;

    private final long seed;
    private final SplittableRandom order;
    private final SplittableRandom chance;
    private final Timers timers = new Timers();
    private final List<Ready> ready = new ArrayList<>();
    private final Story story = new Story();
    private final List<Runnable> afterStep = new ArrayList<>();
    private final Thread carrier = Thread.currentThread();
    private long now = FIRST_NANO;
    private long steps;
    private long trace;
    private @Nullable SimulatedProcess current;
    private @Nullable Throwable failure;

    private record Ready(SimulatedProcess process, Runnable work) {}

    public Simulation(long seed) {
        this.seed = seed;
        Instruments.install();
        SplittableRandom root = new SplittableRandom(seed);
        order = root.split();
        chance = root.split();
        ChanceOfTheJdk.reset(seed);
        Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> fail(fault));
        Ambient.begin(carrier, this::nanoTime, this::epochNanos, chance::nextLong, this::schedule);
    }

    public long seed() {
        return seed;
    }

    /** Nanoseconds of the simulation's own time. */
    public long now() {
        return now;
    }

    /** Since the beginning. */
    public Duration elapsed() {
        return Duration.ofNanos(now - FIRST_NANO);
    }

    public long steps() {
        return steps;
    }

    /** Equal for two runs that did the same. */
    public long trace() {
        return trace;
    }

    /** Chance for whoever plays in the simulation; a stream of its own. */
    public RandomGenerator chance() {
        return chance.split();
    }

    public SimulatedProcess process(String name) {
        return new SimulatedProcess(this, name);
    }

    /** The process whose thread runs now. */
    public @Nullable SimulatedProcess current() {
        return current;
    }

    /** Called after each step, on the simulation's thread; what it throws ends the run. */
    public void afterEachStep(Runnable check) {
        afterStep.add(check);
    }

    /** Puts a line into the story that a failure tells. */
    public void note(String line) {
        story.add(elapsed(), line);
    }

    /** What happened last, oldest first. */
    public List<String> story() {
        return story.lines();
    }

    /** Ends the run with a fault. */
    public void fail(Throwable fault) {
        if (failure == null) {
            failure = fault;
        }
    }

    /** Lets the cluster live until {@code scenario}, a thread like the others, has ended. */
    public void run(Runnable scenario) {
        Thread main = process("scenario").start("scenario", scenario);
        while (main.isAlive() && failure == null) {
            step();
        }
        Throwable broken = failure;
        if (broken != null) {
            throw new SimulationFailedException("seed " + seed + " failed after " + elapsed() + ", step " + steps
                    + ": " + broken.getMessage(), broken);
        }
    }

    private void step() {
        fireTimers();
        if (ready.isEmpty()) {
            long due = timers.nextDue();
            if (due == Long.MAX_VALUE) {
                fail(new IllegalStateException("every thread waits for another, and for no timer"));
                return;
            }
            now = Math.max(now, due);
            return;
        }
        int index = order.nextInt(ready.size());
        Ready chosen = ready.get(index);
        Ready last = ready.remove(ready.size() - 1);
        if (index < ready.size()) {
            ready.set(index, last);
        }
        if (!chosen.process().alive()) {
            return;
        }
        if (chosen.process().paused()) {
            chosen.process().execute(chosen.work());
            return;
        }
        now += 1 + order.nextInt(LONGEST_STEP_NANOS);
        steps++;
        trace = (trace * 31 + index) * 31 + now;
        current = chosen.process();
        try {
            chosen.work().run();
        } finally {
            current = null;
        }
        check();
    }

    private void check() {
        try {
            afterStep.forEach(Runnable::run);
        } catch (RuntimeException broken) {
            fail(broken);
        }
    }

    private void fireTimers() {
        for (Timers.Timer due = timers.take(now); due != null; due = timers.take(now)) {
            due.work().run();
        }
    }

    void ready(SimulatedProcess process, Runnable work) {
        if (Thread.currentThread() != carrier && !Thread.currentThread().isVirtual()) {
            // Whoever it was cannot be replayed. Seen with monitors: use locks.
            fail(new IllegalStateException("a thread of " + process + " was woken from outside the simulation by "
                    + Thread.currentThread()));
            return;
        }
        ready.add(new Ready(process, work));
    }

    @Override
    public void close() {
        Thread.setDefaultUncaughtExceptionHandler(null);
        Ambient.end();
    }

    /** Looking at the clock takes time too, so that who waits for it to move without pausing sees it move. */
    private long nanoTime() {
        SimulatedProcess here = current;
        if (here == null) {
            return now;
        }
        now += CLOCK_NANOS;
        return here.nanoTime();
    }

    private long epochNanos() {
        SimulatedProcess here = current;
        return here == null ? EPOCH_NANOS + now : here.epochNanos();
    }

    private Future<?> schedule(Runnable work, long delayNanos) {
        SimulatedProcess here = current;
        long delay = here == null ? delayNanos : here.simulatedDelay(delayNanos);
        return timers.add(now + Math.max(0, Math.min(delay, Long.MAX_VALUE / 2)), here, work);
    }
}
