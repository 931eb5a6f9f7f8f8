package dev.xebec.contracts.api;

import dev.xebec.contracts.UnavailableException;

/**
 * The Kubernetes API as the cluster's own services use it. Thread-safe, blocks the calling virtual thread.
 *
 * <p>Implementations: over the bus (any gateway, remembering the one that works, retrying the next), in process, and
 * over HTTPS for nodes far away.
 */
public interface ApiClient {

    /**
     * A refusal is an ordinary response with a {@code Status} body. {@link UnavailableException}: no gateway answered;
     * whether the request was carried out is not known.
     */
    ApiResponse send(ApiRequest request);

    /** Opens one watch on one gateway; keeping it going over failures is the Informer's work. */
    WatchHandle watch(WatchRequest request, WatchSink sink);
}
