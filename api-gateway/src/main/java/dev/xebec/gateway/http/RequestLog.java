package dev.xebec.gateway.http;

import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.RequestInfo;
import dev.xebec.gateway.request.Routes;
import dev.xebec.gateway.request.Verb;
import dev.xebec.kit.metrics.Metrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and times requests under the names that Kubernetes' dashboards know. */
public final class RequestLog {
    private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);
    private static final double[] BUCKETS = {0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6,
            8,
            10, 15, 20, 30, 45, 60};

    /** Label sets that are kept; requests of further ones are counted together. */
    static final int MAX_SERIES = 2_000;
    /** Stands for a name that nobody knows: what clients write into URLs does not become a label. */
    private static final String OTHER = "other";
    private static final Series REST = new Series(OTHER, OTHER, OTHER, OTHER, OTHER, OTHER, 0);
    private static final String APPLY = "application/apply-patch+";

    private final Metrics metrics;
    private final Routes routes;
    private final Map<Series, Metrics.Counter> counters = new ConcurrentHashMap<>();
    private final Map<Series, Metrics.Histogram> histograms = new ConcurrentHashMap<>();

    /** @param routes which know the subresources that have handlers of their own */
    public RequestLog(Metrics metrics, Routes routes) {
        this.metrics = metrics;
        this.routes = routes;
    }

    private record Series(String verb, String group, String version, String resource, String subresource, String scope,
            int code) {}

    /** One answered request. @param nanos from its first byte to the answer */
    public void answered(Call call, int code, long nanos) {
        Series series = series(call, code);
        counters.computeIfAbsent(within(counters, series), this::counter).increment();
        Series timed = new Series(series.verb(), series.group(), series.version(), series.resource(),
                series.subresource(), series.scope(), 0);
        histograms.computeIfAbsent(within(histograms, timed), this::histogram).observe(nanos / 1e9);
    }

    /** The series itself while there is room for it. */
    private static Series within(Map<Series, ?> known, Series one) {
        return known.containsKey(one) || known.size() < MAX_SERIES ? one : REST;
    }

    /** How many label sets there are by now. */
    int series() {
        return counters.size() + histograms.size();
    }

    private Metrics.Counter counter(Series one) {
        return metrics.counter("apiserver_request_total", "API requests by verb, resource and HTTP code.", "verb",
                one.verb(), "group", one.group(), "version", one.version(), "resource", one.resource(), "subresource",
                one.subresource(), "scope", one.scope(), "component", "apiserver", "code",
                Integer.toString(one.code()));
    }

    private Metrics.Histogram histogram(Series one) {
        return metrics.histogram("apiserver_request_duration_seconds", "Time from a request's arrival to its answer.",
                BUCKETS, "verb", one.verb(), "group", one.group(), "version", one.version(), "resource",
                one.resource(), "subresource", one.subresource(), "scope", one.scope(), "component", "apiserver");
    }

    private Series series(Call call, int code) {
        RequestInfo info = call.info();
        boolean served = info.kind() != null;
        return new Series(verb(call), served ? info.servedResource().group() : "",
                served ? info.servedResource().version() : "", served ? info.servedResource().resource() : "",
                served ? subresource(info) : "", served ? scope(info) : "", code);
    }

    /** Source: {@code cleanVerb} in {@code pkg/endpoints/metrics/metrics.go} of Kubernetes' apiserver. */
    private static String verb(Call call) {
        boolean stream = !call.upgrade().isEmpty();
        return switch (call.info().verb()) {
            case GET -> stream ? "CONNECT" : "GET";
            case LIST -> "LIST";
            case WATCH -> "WATCH";
            case CREATE -> stream ? "CONNECT" : "POST";
            case UPDATE -> "PUT";
            case PATCH -> call.request().contentType().startsWith(APPLY) ? "APPLY" : "PATCH";
            case DELETE -> "DELETE";
            case DELETE_COLLECTION -> "DELETECOLLECTION";
        };
    }

    /** Source: {@code CleanScope} there. */
    private static String scope(RequestInfo info) {
        if (!info.name().isEmpty() || info.verb() == Verb.CREATE) {
            return "resource";
        }
        return info.namespace().isEmpty() ? "cluster" : "namespace";
    }

    private String subresource(RequestInfo info) {
        String named = info.subresource();
        boolean known = named.isEmpty() || info.servedKind().subresources().containsKey(named)
                || routes.forSubresource(info.servedResource().groupResource() + "/" + named) != null;
        return known ? named : OTHER;
    }

    void leftAbruptly(Throwable failure) {
        LOG.warn("the door did not close in good order: {}", failure.toString());
    }

    void connectionFailed(Throwable failure) {
        LOG.debug("connection failed: {}", failure.toString());
    }
}
