package dev.xebec.kit.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class PrometheusMetricsTest {
    private final PrometheusMetrics metrics = new PrometheusMetrics();

    @Test
    void countsFromManyThreads() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                threads.execute(() -> {
                    for (int j = 0; j < 100; j++) {
                        metrics.counter("requests_total", "Requests.", "verb", "get").increment();
                    }
                });
            }
        }
        assertThat(metrics.exposition()).contains("""
                # HELP requests_total Requests.
                # TYPE requests_total counter
                requests_total{verb="get"} 10000
                """);
    }

    @Test
    void bucketsAreCumulative() {
        var histogram = metrics.histogram("wait_seconds", "Waiting.", new double[]{0.1, 1}, "queue", "a");
        histogram.observe(0.1);
        histogram.observe(0.5);
        histogram.observe(7);
        assertThat(metrics.exposition()).contains("""
                wait_seconds_bucket{queue="a",le="0.1"} 1
                wait_seconds_bucket{queue="a",le="1"} 2
                wait_seconds_bucket{queue="a",le="+Inf"} 3
                wait_seconds_sum{queue="a"} 7.6
                wait_seconds_count{queue="a"} 3
                """);
    }

    @Test
    void labelSetsBeyondTheLimitShareOne() {
        for (int i = 0; i < Family.MAX_LABEL_SETS + 500; i++) {
            metrics.counter("paths_total", "Paths.", "path", "/p" + i).increment();
        }
        metrics.counter("paths_total", "Paths.", "path", "/p0").increment();
        assertThat(metrics.exposition()).contains("paths_total{path=\"/p0\"} 2\n")
                .contains("paths_total{path=\"other\"} 500\n").doesNotContain("/p2001\"");
    }

    @Test
    void aLaterGaugeTakesTheEarlierOnesPlace() {
        metrics.gauge("depth", "Depth.", () -> 1.5);
        metrics.gauge("depth", "Depth.", () -> 2);
        assertThat(metrics.exposition()).contains("\ndepth 2\n").doesNotContain("depth 1.5");
    }

    @Test
    void escapesValues() {
        metrics.counter("odd_total", "A \\ and\na line.", "v", "a\"b\\c\nd").increment();
        assertThat(metrics.exposition()).contains("# HELP odd_total A \\\\ and\\na line.\n")
                .contains("odd_total{v=\"a\\\"b\\\\c\\nd\"} 1\n");
    }

    @Test
    void refusesWhatIsNoMetric() {
        assertThatThrownBy(() -> metrics.counter("no good", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> metrics.counter("c", "", "label")).isInstanceOf(IllegalArgumentException.class);
        metrics.counter("twice", "");
        assertThatThrownBy(() -> metrics.gauge("twice", "", () -> 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsOfTheProcess() {
        assertThat(metrics.exposition()).containsPattern("(?m)^process_cpu_seconds_total [0-9.E-]+$")
                .containsPattern("(?m)^process_resident_memory_bytes [1-9][0-9]{6,}$")
                .contains("jvm_memory_used_bytes{area=\"heap\"}").contains("jvm_gc_collection_seconds_total{gc=");
    }
}
