package dev.xebec.kit.metrics;

import java.util.function.DoubleSupplier;

/**
 * One registry per process. Names are those that Kubernetes users know. Asking for the same name and labels again gives
 * the same instrument; recording costs no lock. A metric has at most 2,000 label sets; further ones are counted
 * under the label value {@code other}.
 */
public interface Metrics {

    /** @param labels name, value, name, value, … */
    Counter counter(String name, String help, String... labels);

    Histogram histogram(String name, String help, double[] bucketsSeconds, String... labels);

    void gauge(String name, String help, DoubleSupplier value, String... labels);

    /** The whole registry in text exposition format 0.0.4. */
    String exposition();

    /** Only goes up. */
    interface Counter {
        void add(long amount);

        default void increment() {
            add(1);
        }
    }

    /** Observations in seconds. */
    interface Histogram {
        void observe(double seconds);
    }
}
