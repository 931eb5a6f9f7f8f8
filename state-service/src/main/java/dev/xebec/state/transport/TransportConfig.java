package dev.xebec.state.transport;

import java.util.Map;
import java.util.Optional;

/**
 * How a replica is reached and reaches the others.
 *
 * @param host address, or a name of it, on which it listens, and on no other; empty for a replica that nobody calls
 * @param port where it listens
 * @param tls empty where bytes travel as they are: for tests alone
 * @param places {@code HOST:PORT} of replicas by their names, as configured; tried where they are not found under what the log says
 */
public record TransportConfig(String host, int port, Optional<PeerTls> tls, Resolver resolver,
        Map<String, String> places) {

    public TransportConfig {
        places = Map.copyOf(places);
    }
}
