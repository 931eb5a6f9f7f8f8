package dev.xebec.kit.metrics;

import java.util.Arrays;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** A histogram with fixed upper bounds in seconds, and one more for everything above. */
final class AdderHistogram implements Metrics.Histogram, Sampled {
    private final double[] bounds;
    private final LongAdder[] counts;
    private final DoubleAdder sum = new DoubleAdder();

    AdderHistogram(double[] bucketsSeconds) {
        bounds = bucketsSeconds.clone();
        for (int i = 1; i < bounds.length; i++) {
            if (bounds[i] <= bounds[i - 1]) {
                throw new IllegalArgumentException("bounds do not rise: " + Arrays.toString(bounds));
            }
        }
        counts = new LongAdder[bounds.length + 1];
        Arrays.setAll(counts, bucket -> new LongAdder());
    }

    @Override
    public void observe(double seconds) {
        int found = Arrays.binarySearch(bounds, seconds);
        counts[found >= 0 ? found : -found - 1].increment();
        sum.add(seconds);
    }

    @Override
    public void write(StringBuilder out, String name, String labels) {
        String before = labels.isEmpty() ? "" : labels + ",";
        long total = 0;
        for (int i = 0; i < counts.length; i++) {
            total += counts[i].sum();
            String bound = i < bounds.length ? Sampled.number(bounds[i]) : "+Inf";
            Sampled.line(out, name + "_bucket", before + "le=\"" + bound + "\"", total);
        }
        Sampled.line(out, name + "_sum", labels, sum.sum());
        Sampled.line(out, name + "_count", labels, total);
    }
}
