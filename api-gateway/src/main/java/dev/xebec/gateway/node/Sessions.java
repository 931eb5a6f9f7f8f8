package dev.xebec.gateway.node;

import dev.xebec.kit.metrics.Metrics;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the connections that are no HTTP any more, by what they are for. Thread-safe. */
public final class Sessions {
    private final AtomicInteger open = new AtomicInteger();
    private final Metrics.Counter begun;

    /** @param subresource such as {@code exec} */
    public Sessions(Metrics metrics, String subresource) {
        begun = metrics.counter("xebec_gateway_stream_sessions_total",
                "Connections that were upgraded, by subresource.", "subresource", subresource);
        metrics.gauge("xebec_gateway_stream_sessions", "Upgraded connections that are open, by subresource.", open::get,
                "subresource", subresource);
    }

    /** One more; what is returned takes it back, once. */
    public Runnable begin() {
        begun.increment();
        open.incrementAndGet();
        AtomicBoolean over = new AtomicBoolean();
        return () -> {
            if (over.compareAndSet(false, true)) {
                open.decrementAndGet();
            }
        };
    }
}
