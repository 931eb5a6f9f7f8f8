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
 * @param port for clients, on the loopback address
 * @param controllerPort for itself, on the loopback address
 * @param tls whom it lets in; everybody on this machine, unencrypted, where empty
 * @param extra properties of Kafka's server that win over ours
 */
public record BrokerSettings(Path folder, int port, int controllerPort, Optional<BrokerTls> tls,
        Map<String, String> extra) {

    public BrokerSettings {
        extra = Map.copyOf(extra);
    }

    /** An open broker for a test, on ports that nobody listens on now. */
    public static BrokerSettings open(Path folder) {
        try (ServerSocket client = free(); ServerSocket controller = free()) {
            return new BrokerSettings(folder, client.getLocalPort(), controller.getLocalPort(), Optional.empty(),
                    Map.of());
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    public BrokerSettings with(BrokerTls secured) {
        return new BrokerSettings(folder, port, controllerPort, Optional.of(secured), extra);
    }

    public BrokerSettings with(Map<String, String> more) {
        return new BrokerSettings(folder, port, controllerPort, tls, more);
    }

    /** What a client connects to. */
    public String bootstrap() {
        return BrokerProperties.HOST + ":" + port;
    }

    private static ServerSocket free() throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.bind(new InetSocketAddress(InetAddress.getByName(BrokerProperties.HOST), 0));
        return socket;
    }
}
