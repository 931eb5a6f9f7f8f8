/**
 * Counters, gauges and histograms in Prometheus' text form. Start reading at {@link dev.xebec.kit.metrics.Metrics}.
 */
@NullMarked
package dev.xebec.kit.metrics;

import org.jspecify.annotations.NullMarked;
