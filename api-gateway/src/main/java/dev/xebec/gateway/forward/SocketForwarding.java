package dev.xebec.gateway.forward;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.gateway.node.PodConnection;
import dev.xebec.gateway.socket.ChannelProtocol;
import dev.xebec.gateway.socket.ChannelSocket;
import dev.xebec.model.status.RejectedException;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Forwards one connection to each of the ports that the request names: channel 2n carries the data of the n-th port, 2n + 1
 * what goes wrong; the first message on either is the port, little endian. The socket ends with the last connection. Source:
 * kubelet {@code cri/streaming/portforward/websocket.go}.
 */
final class SocketForwarding implements ChannelSocket.Listener {
    private final ForwardTarget target;
    private final Runnable whenOver;
    private final List<Lane> lanes = new ArrayList<>();
    private final AtomicInteger running;
    private @Nullable ChannelSocket socket;

    private SocketForwarding(ForwardTarget target, List<Integer> ports, Runnable whenOver) {
        this.target = target;
        this.whenOver = whenOver;
        this.running = new AtomicInteger(ports.size());
        for (int at = 0; at < ports.size(); at++) {
            lanes.add(new Lane(2 * at, ports.get(at)));
        }
    }

    /** On the socket's event loop. */
    static void begin(ServerWebSocket opened, ChannelProtocol protocol, ForwardTarget target, List<Integer> ports,
            Runnable whenOver) {
        SocketForwarding forwarding = new SocketForwarding(target, ports, whenOver);
        ChannelSocket socket = new ChannelSocket(opened, protocol, forwarding);
        forwarding.socket = socket;
        forwarding.lanes.forEach(
                lane -> Thread.ofVirtual().name("port-forward-" + lane.port).start(() -> lane.forward(socket)));
    }

    @Override
    public void message(int channel, byte[] content) {
        Lane lane = channel % 2 == 0 && channel / 2 < lanes.size() ? lanes.get(channel / 2) : null;
        if (lane != null) {
            lane.input.add(Bytes.of(content));
        } else if (socket != null) {
            socket.consumed(content.length);
        }
    }

    @Override
    public void gone() {
        lanes.forEach(lane -> Thread.ofVirtual().start(lane::leave));
        whenOver.run();
    }

    /** One port. */
    private final class Lane {
        private final int channel;
        private final int port;
        private final LinkedBlockingQueue<Bytes> input = new LinkedBlockingQueue<>();
        private volatile boolean left;
        private volatile @Nullable PodConnection connection;

        Lane(int channel, int port) {
            this.channel = channel;
            this.port = port;
        }

        void leave() {
            left = true;
            PodConnection open = connection;
            if (open != null) {
                open.fail("the client has gone");
            }
        }

        void forward(ChannelSocket client) {
            byte[] number = {(byte) port, (byte) (port >> 8)};
            Thread sender = Thread.ofVirtual().name("port-forward-in-" + port).unstarted(() -> send(client));
            try {
                client.write(channel, number);
                client.write(channel + 1, number);
                try (PodConnection pod = target.connect(port)) {
                    connection = pod;
                    if (left) {
                        return;
                    }
                    sender.start();
                    for (Bytes bytes = pod.receive(); bytes != null; bytes = pod.receive()) {
                        client.write(channel, bytes.array());
                    }
                }
            } catch (RejectedException refused) {
                say(client, refused.status().message());
            } catch (UnavailableException broken) {
                say(client, String.valueOf(broken.getMessage()));
            } finally {
                sender.interrupt();
                if (running.decrementAndGet() == 0) {
                    client.finish(0);
                }
            }
        }

        private void send(ChannelSocket client) {
            PodConnection pod = connection;
            try {
                while (pod != null) {
                    Bytes bytes = input.take();
                    pod.send(bytes);
                    client.consumed(bytes.size());
                }
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            } catch (UnavailableException broken) {
                pod.fail("the connection is over");
            }
        }

        private void say(ChannelSocket client, String why) {
            try {
                client.write(channel + 1, target.failure(port, why).getBytes(StandardCharsets.UTF_8));
            } catch (UnavailableException gone) {
                left = true;
            }
        }
    }
}
