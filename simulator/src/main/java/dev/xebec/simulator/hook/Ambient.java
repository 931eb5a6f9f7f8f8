package dev.xebec.simulator.hook;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Clock and chance as instrumented code sees them: the simulation's on its threads while one runs, the machine's
 * otherwise. Called from the JDK's own classes, so it lives in the bootstrap loader.
 */
public final class Ambient {
    private static final Future<?> NEVER = new CompletableFuture<>();
    private static volatile @Nullable Thread carrier;
    private static LongSupplier nanoTime = () -> 0;
    private static LongSupplier epochNanos = () -> 0;
    private static LongSupplier chance = () -> 0;
    private static BiFunction<Runnable, Long, Future<?>> timers = (work, delayNanos) -> NEVER;

    private Ambient() {}

    /**
     * From now on {@code thread}, and every virtual thread, lives in a simulation. It is told by the JDK's own types: others
     * would be loaded before the hooks are in place.
     *
     * @param timers takes work and a delay in nanoseconds
     */
    public static void begin(Thread thread, LongSupplier nanoTime, LongSupplier epochNanos, LongSupplier chance,
            BiFunction<Runnable, Long, Future<?>> timers) {
        Ambient.nanoTime = nanoTime;
        Ambient.epochNanos = epochNanos;
        Ambient.chance = chance;
        Ambient.timers = timers;
        carrier = thread;
    }

    public static void end() {
        carrier = null;
    }

    /** Whether the calling thread lives in a simulation. */
    public static boolean simulated() {
        Thread running = carrier;
        if (running == null) {
            return false;
        }
        Thread thread = Thread.currentThread();
        return thread.isVirtual() || thread == running;
    }

    /** For {@link System#nanoTime()}. */
    public static long nanoTime() {
        return simulated() ? nanoTime.getAsLong() : System.nanoTime();
    }

    /** For {@link System#currentTimeMillis()}. */
    public static long currentTimeMillis() {
        return simulated() ? epochNanos.getAsLong() / 1_000_000 : System.currentTimeMillis();
    }

    /** For what {@link Instant#now()} and the system clocks ask. */
    public static Instant instant() {
        if (!simulated()) {
            // Instant.now() itself leads here.
            return Instant.ofEpochMilli(System.currentTimeMillis());
        }
        long nanos = epochNanos.getAsLong();
        return Instant.ofEpochSecond(nanos / 1_000_000_000, nanos / 1_000 % 1_000_000 * 1_000);
    }

    /** For the timer of a parked virtual thread; only where {@link #simulated()}. */
    public static Future<?> schedule(Runnable work, long delay, TimeUnit unit) {
        return timers.apply(work, unit.toNanos(delay));
    }

    /** For {@link UUID#randomUUID()}; only where {@link #simulated()}. */
    public static UUID randomUUID() {
        long most = chance.getAsLong() & ~0xF000L | 0x4000L;
        long least = chance.getAsLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(most, least);
    }

    /** For {@link ThreadLocalRandom#current()} as our own code asks for it. */
    public static RandomGenerator random() {
        return simulated() ? () -> chance.getAsLong() : ThreadLocalRandom.current();
    }

    /** For {@link java.security.SecureRandom#nextBytes}; only where {@link #simulated()}. */
    public static void nextBytes(byte[] bytes) {
        for (int index = 0; index < bytes.length; index++) {
            bytes[index] = (byte) chance.getAsLong();
        }
    }
}
