package dev.xebec.kit.metrics;

import java.util.concurrent.atomic.LongAdder;

/** A counter that threads add to without meeting. */
final class AdderCounter implements Metrics.Counter, Sampled {
    private final LongAdder total = new LongAdder();

    @Override
    public void add(long amount) {
        if (amount < 0) {
            throw new IllegalArgumentException("a counter only goes up; " + amount);
        }
        total.add(amount);
    }

    @Override
    public void write(StringBuilder out, String name, String labels) {
        Sampled.line(out, name, labels, total.sum());
    }
}
