package dev.xebec.server.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.server.plan.FreePorts;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BalancerTest {
    private final Vertx vertx = Vertx.vertx();
    private final FreePorts ports = new FreePorts();
    private final List<ServerSocket> backends = new ArrayList<>();
    private final int port = ports.getAsInt();

    @AfterEach
    void close() throws Exception {
        for (ServerSocket backend : backends) {
            backend.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void connectionsAreSpreadOverHealthyGateways() throws Exception {
        Balancer balancer = new Balancer(vertx, "127.0.0.1", List.of(backend('a'), backend('b')));
        balancer.listen("127.0.0.1", port);
        backends.forEach(backend -> balancer.health(backend.getLocalPort(), Health.READY));
        try (Socket one = open(); Socket two = open()) {
            assertThat(Set.of(one.getInputStream().read(), two.getInputStream().read())).containsExactlyInAnyOrder(
                    (int) 'a',
                    (int) 'b');
        }
    }

    @Test
    void aGatewayThatAcceptsNoMoreIsPassedOver() throws Exception {
        int dead = ports.getAsInt();
        int alive = backend('b');
        Balancer balancer = new Balancer(vertx, "127.0.0.1", List.of(dead, alive));
        balancer.listen("127.0.0.1", port);
        balancer.health(dead, Health.READY);
        balancer.health(alive, Health.READY);
        Set<Integer> answers = new HashSet<>();
        for (int connection = 0; connection < 5; connection++) {
            try (Socket socket = open()) {
                answers.add(socket.getInputStream().read());
            }
        }
        assertThat(answers).containsExactly((int) 'b');
    }

    @Test
    void connectionsToAGatewayThatFellIllAreClosed() throws Exception {
        int only = backend('a');
        Balancer balancer = new Balancer(vertx, "127.0.0.1", List.of(only));
        balancer.listen("127.0.0.1", port);
        balancer.health(only, Health.READY);
        try (Socket socket = open()) {
            assertThat(socket.getInputStream().read()).isEqualTo('a');
            balancer.health(only, Health.SILENT);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aGatewayThatIsNotReadyKeepsItsConnectionsAndGetsNoNewOnes() throws Exception {
        int first = backend('a');
        int second = backend('b');
        Balancer balancer = new Balancer(vertx, "127.0.0.1", List.of(first, second));
        balancer.listen("127.0.0.1", port);
        balancer.health(first, Health.READY);
        try (Socket kept = open()) {
            assertThat(kept.getInputStream().read()).isEqualTo('a');
            balancer.health(first, Health.NOT_READY);
            balancer.health(second, Health.READY);
            try (Socket other = open()) {
                assertThat(other.getInputStream().read()).isEqualTo('b');
            }
            kept.setSoTimeout(200);
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> kept.getInputStream().read())
                    .isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    private Socket open() throws IOException {
        return new Socket("127.0.0.1", port);
    }

    /** A server that says one letter to whoever comes. */
    private int backend(char letter) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        backends.add(server);
        Thread.ofVirtual().start(() -> {
            List<Socket> open = new ArrayList<>();
            try {
                while (true) {
                    Socket socket = server.accept();
                    open.add(socket);
                    socket.getOutputStream().write(letter);
                }
            } catch (IOException closed) {
                open.clear();
            }
        });
        return server.getLocalPort();
    }
}
