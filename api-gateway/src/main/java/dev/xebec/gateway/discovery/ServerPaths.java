package dev.xebec.gateway.discovery;

import dev.xebec.contracts.state.StateStore;
import dev.xebec.gateway.cache.WatchCache;
import dev.xebec.gateway.kinds.ServedKinds;
import dev.xebec.gateway.read.ReadRevision;
import dev.xebec.gateway.request.Routes;
import dev.xebec.kit.metrics.Metrics;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The paths that are about the server and not about an object. */
public final class ServerPaths {
    private ServerPaths() {}

    /**
     * @param address where clients reach the server, as {@code host:port}; asked when somebody wants to know
     * @param checks what has to be so before the server takes requests
     * @param shutdown fails while the server shuts down: it is alive, and others are to be asked
     */
    public static void addTo(Routes routes, ServedKinds kinds, Metrics metrics, Supplier<String> address,
            List<HealthCheck> checks, HealthCheck shutdown) {
        DiscoveryPath discovery = new DiscoveryPath(kinds, address);
        routes.prefix("/api", discovery).prefix("/apis", discovery);
        routes.path("/openapi/v2", new OpenApiV2Path(kinds));
        routes.prefix("/openapi/v3", new OpenApiPath(kinds));
        VersionPath version = new VersionPath();
        routes.path("/version", version);
        // As the official Java client asks.
        routes.path("/version/", version);
        routes.path("/metrics", new MetricsPath(metrics));
        routes.prefix("/livez", new HealthPath("livez", List.of()));
        routes.prefix("/readyz",
                new HealthPath("readyz", Stream.concat(checks.stream(), Stream.of(shutdown)).toList()));
        routes.prefix("/healthz", new HealthPath("healthz", checks));
        routes.path("/", new RootPath(routes, kinds));
    }

    /** What the server holds against itself. */
    public static void addChecks(Routes routes, WatchCache cache, ReadRevision revisions, StateStore store) {
        routes.path("/xebec/v1/digest", new DigestPath(cache, revisions, store));
    }
}
