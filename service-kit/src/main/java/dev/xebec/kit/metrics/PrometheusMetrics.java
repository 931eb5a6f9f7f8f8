package dev.xebec.kit.metrics;

import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.DoubleSupplier;

/**
 * The process's registry in memory. Thread-safe: recording adds to striped adders, finding an instrument again reads a
 * concurrent map; only a new label set takes a lock.
 */
public final class PrometheusMetrics implements Metrics {
    /** What scrapers expect of {@link #exposition()}. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final ConcurrentSkipListMap<String, Family> families = new ConcurrentSkipListMap<>();

    /** A registry that already has the process's own figures: CPU, memory, garbage collection, threads, files. */
    public PrometheusMetrics() {
        ProcessMetrics.register(this);
    }

    @Override
    public Counter counter(String name, String help, String... labels) {
        Sampled instrument = family(name, help, "counter").instrument(labels, AdderCounter::new);
        if (instrument instanceof AdderCounter counter) {
            return counter;
        }
        throw new IllegalArgumentException(name + " is read from elsewhere and cannot be counted up");
    }

    @Override
    public Histogram histogram(String name, String help, double[] bucketsSeconds, String... labels) {
        Sampled instrument = family(name, help, "histogram").instrument(labels,
                () -> new AdderHistogram(bucketsSeconds));
        if (instrument instanceof AdderHistogram histogram) {
            return histogram;
        }
        throw new IllegalArgumentException(name + " is no histogram");
    }

    @Override
    public void gauge(String name, String help, DoubleSupplier value, String... labels) {
        family(name, help, "gauge").replace(labels, sampled(value));
    }

    /** A counter that somebody else keeps, such as the operating system. */
    void sampledCounter(String name, String help, DoubleSupplier value, String... labels) {
        family(name, help, "counter").replace(labels, sampled(value));
    }

    @Override
    public String exposition() {
        StringBuilder out = new StringBuilder(16 * 1024);
        families.values().forEach(family -> family.write(out));
        return out.toString();
    }

    private static Sampled sampled(DoubleSupplier value) {
        return (out, name, labels) -> Sampled.line(out, name, labels, value.getAsDouble());
    }

    private Family family(String name, String help, String type) {
        Family family = families.get(name);
        if (family == null) {
            family = families.computeIfAbsent(name, fresh -> new Family(fresh, help, type));
        }
        if (!family.type.equals(type)) {
            throw new IllegalArgumentException(name + " is a " + family.type + " and cannot be a " + type);
        }
        return family;
    }
}
