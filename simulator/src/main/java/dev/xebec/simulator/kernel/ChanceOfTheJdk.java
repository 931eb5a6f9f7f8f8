package dev.xebec.simulator.kernel;

import java.lang.reflect.Field;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** The JDK's generator that seeds itself at the start of the JVM: each simulated run begins with the same state. */
final class ChanceOfTheJdk {
    private ChanceOfTheJdk() {}

    static void reset(long seed) {
        try {
            ((AtomicLong) field(SplittableRandom.class, "defaultGen")).set(seed);
        } catch (ReflectiveOperationException | RuntimeException closed) {
            throw new IllegalStateException("the simulator needs --add-opens java.base/java.util=ALL-UNNAMED", closed);
        }
    }

    private static Object field(Class<?> owner, String name) throws ReflectiveOperationException {
        Field field = owner.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(null);
    }
}
