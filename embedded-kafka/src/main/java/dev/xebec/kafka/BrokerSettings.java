package dev.xebec.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * One broker of a cluster of one.
 *
 * @param folder of its log; made and formatted where it is new
 * @param host the address or name that clients reach it at, and where it listens for them
 * @param port for clients
 * @param controllerPort for itself, on the loopback address
 * @param tls whom it lets in; everybody on this machine, unencrypted, where empty
 * @param extra properties of Kafka's server that win over ours
 */
public record BrokerSettings(Path folder, String host, int port, int controllerPort, Optional<BrokerTls> tls,
        Map<String, String> extra) {

    public BrokerSettings {
        extra = Map.copyOf(extra);
    }

    /** An open broker for a test, on ports that nobody listens on now. */
    public static BrokerSettings open(Path folder) {
        try (ServerSocket client = free(); ServerSocket controller = free()) {
            return new BrokerSettings(folder, BrokerProperties.HOST, client.getLocalPort(), controller.getLocalPort(),
                    Optional.empty(),
                    Map.of());
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    public BrokerSettings with(BrokerTls secured) {
        return new BrokerSettings(folder, host, port, controllerPort, Optional.of(secured), extra);
    }

    public BrokerSettings with(Map<String, String> more) {
        return new BrokerSettings(folder, host, port, controllerPort, tls, more);
    }

    /** What a client connects to. */
    public String bootstrap() {
        return host + ":" + port;
    }

    private static ServerSocket free() throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.bind(new InetSocketAddress(InetAddress.getByName(BrokerProperties.HOST), 0));
        return socket;
    }
}
