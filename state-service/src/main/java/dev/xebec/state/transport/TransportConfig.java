package dev.xebec.state.transport;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a replica is reached and reaches the others.
 *
 * @param host address, or a name of it, on which it listens, and on no other; empty for a replica that nobody calls
 * @param port where it listens
 * @param tls empty where bytes travel as they are: for tests alone
 * @param places {@code HOST:PORT} of replicas by their names, as configured; tried where they are not found under what the log says
 * @param ear told of what is heard
 */
public record TransportConfig(String host, int port, Optional<PeerTls> tls, Resolver resolver,
        Map<String, String> places, Ear ear) {

    public TransportConfig {
        places = Map.copyOf(places);
    }

    /**
     * Returns when the replica of that name answers there.
     *
     * @param from who asks
     * @throws IOException where it does not, or is another one
     */
    public void reach(String from, String name, String address) throws IOException {
        try (Links links = new Links(Wire.of(tls), new Hello(from, name), resolver,
                List.of(Links.Address.parse(address)))) {
            links.open().close();
        }
    }
}
