package dev.xebec.simulator.kernel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/**
 * A process of a simulated cluster: the scheduler of all virtual threads that it has started. It can be crashed, which
 * stops them wherever they are and for good, paused, and its clocks may be wrong. Used on the simulation's threads only.
 */
public final class SimulatedProcess implements Executor {
    private static final Method NEW_VIRTUAL_THREAD = newVirtualThread();

    private final Simulation simulation;
    private final String name;
    /** What became ready while it was paused. */
    private final Deque<Runnable> held = new ArrayDeque<>();
    private boolean alive = true;
    private boolean paused;
    private long wallOffsetNanos;
    private double rate = 1.0;
    private long localBase;
    private long simulatedBase;

    SimulatedProcess(Simulation simulation, String name) {
        this.simulation = simulation;
        this.name = name;
        simulatedBase = simulation.now();
        localBase = simulation.now();
    }

    private static Method newVirtualThread() {
        try {
            Method method = Class.forName("java.lang.ThreadBuilders").getDeclaredMethod("newVirtualThread",
                    Executor.class, String.class, int.class, Runnable.class);
            method.setAccessible(true);
            return method;
        } catch (ReflectiveOperationException | RuntimeException closed) {
            throw new IllegalStateException("the simulator needs --add-opens java.base/java.lang=ALL-UNNAMED on a JDK"
                    + " with virtual threads that take a scheduler, such as 25", closed);
        }
    }

    public String name() {
        return name;
    }

    /** False after a crash. */
    public boolean alive() {
        return alive;
    }

    public boolean paused() {
        return paused;
    }

    /** Starts a thread of this process. A fault that it ends with ends the simulation. */
    public Thread start(String threadName, Runnable work) {
        try {
            Thread thread = (Thread) NEW_VIRTUAL_THREAD.invoke(null, this, threadName, 0, work);
            thread.setUncaughtExceptionHandler((failed, fault) -> simulation.fail(fault));
            thread.start();
            return thread;
        } catch (IllegalAccessException | InvocationTargetException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** All its threads stop where they are; nothing of it runs again. */
    public void crash() {
        alive = false;
        held.clear();
        simulation.note(name + " crashes");
    }

    /** Nothing of it runs until {@link #resume}; time passes for it all the same. */
    public void pause() {
        paused = true;
        simulation.note(name + " stands still");
    }

    public void resume() {
        if (paused) {
            paused = false;
            simulation.note(name + " goes on");
            held.forEach(work -> simulation.ready(this, work));
            held.clear();
        }
    }

    /** Sets the wall clock off by so much; the monotonic one goes on as it was. */
    public void setWallClock(Duration offset) {
        wallOffsetNanos = offset.toNanos();
        simulation.note(name + "'s clock is off by " + offset);
    }

    /** @param newRate local nanoseconds per simulated one, about 1 */
    public void setRate(double newRate) {
        localBase = nanoTime();
        simulatedBase = simulation.now();
        rate = newRate;
    }

    long nanoTime() {
        return localBase + (long) ((simulation.now() - simulatedBase) * rate);
    }

    long epochNanos() {
        return Simulation.EPOCH_NANOS + simulation.now() + wallOffsetNanos;
    }

    long simulatedDelay(long localNanos) {
        return (long) (localNanos / rate);
    }

    /** A thread of this process can go on. Called by the JDK. */
    @Override
    public void execute(Runnable work) {
        if (!alive) {
            return;
        }
        if (paused) {
            held.add(work);
        } else {
            simulation.ready(this, work);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
