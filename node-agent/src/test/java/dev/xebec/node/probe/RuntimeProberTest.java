package dev.xebec.node.probe;

import static dev.xebec.node.runtime.ContainerRuntimeContract.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.xebec.model.object.Json;
import dev.xebec.node.pod.Health;
import dev.xebec.node.probe.Prober.Result;
import dev.xebec.node.runtime.ContainerId;
import dev.xebec.node.runtime.ContainerRuntime;
import dev.xebec.node.runtime.simulated.SimulatedRuntime;
import dev.xebec.node.runtime.simulated.Stages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RuntimeProberTest {
    private static final ContainerId ID = new ContainerId("pod", "main", 0);
    private static final Duration SECOND = Duration.ofSeconds(5);

    private final ContainerRuntime runtime = new SimulatedRuntime(InstantSource.system(), spec -> Stages.LASTING);
    private final RuntimeProber prober = new RuntimeProber(runtime);
    private final AtomicInteger code = new AtomicInteger(200);
    private final List<String> hosts = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/health", exchange -> {
            hosts.add(exchange.getRequestHeaders().getFirst("Host"));
            exchange.sendResponseHeaders(code.get(), -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        runtime.close();
    }

    private Result http(int port, Map<String, String> headers) throws InterruptedException {
        return prober.check(ID, new ProbeCheck.Http("HTTP", "127.0.0.1", port, "/health", headers), SECOND);
    }

    @Test
    void httpSucceedsFrom200To399() throws Exception {
        int port = server.getAddress().getPort();
        assertThat(http(port, Map.of()).success()).isTrue();
        code.set(302);
        assertThat(http(port, Map.of("Host", "example.org")).success()).isTrue();
        code.set(503);
        assertThat(http(port, Map.of())).isEqualTo(new Result(false, "HTTP probe failed with statuscode: 503"));
        assertThat(hosts).containsExactly("127.0.0.1:" + port, "example.org", "127.0.0.1:" + port);
    }

    @Test
    void nobodyListeningIsAFailureThatSaysSo() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = free.getLocalPort();
            assertThat(prober.check(ID, new ProbeCheck.Tcp("127.0.0.1", port), SECOND).success()).isTrue();
        }
        assertThat(prober.check(ID, new ProbeCheck.Tcp("127.0.0.1", port), SECOND).output())
                .startsWith("dial tcp 127.0.0.1:" + port);
        assertThat(http(port, Map.of()).output()).startsWith("Get \"http://127.0.0.1:" + port + "/health\"");
    }

    @Test
    void aServerThatDoesNotAnswerIsAFailureAfterTheTimeout() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            Result result = prober.check(ID, new ProbeCheck.Http("HTTP", "127.0.0.1", silent.getLocalPort(), "/",
                    Map.of()), Duration.ofMillis(200));
            assertThat(result.success()).isFalse();
        }
    }

    @Test
    void aHandlerThatIsNotKnownSaysSo() throws Exception {
        ObjectNode grpc = Json.object();
        grpc.putObject("grpc").put("port", 1);
        assertThat(prober.check(ID, ProbeCheck.of(grpc, Json.object(), ""), SECOND).output()).contains("grpc");
    }

    @Test
    void aNamedPortIsTheContainers() {
        ObjectNode container = Json.object();
        container.putArray("ports").addObject().put("name", "web").put("containerPort", 8080);
        ObjectNode handler = Json.object();
        handler.putObject("tcpSocket").put("port", "web");
        assertThat(ProbeCheck.of(handler, container, "1.2.3.4")).isEqualTo(new ProbeCheck.Tcp("1.2.3.4", 8080));
    }

    @Test
    void readinessWaitsForStartupAndFollowsTheServer() {
        ObjectNode container = Json.object();
        for (String kind : List.of("startupProbe", "readinessProbe")) {
            ObjectNode probe = container.putObject(kind).put("periodSeconds", 1).put("failureThreshold", 1);
            probe.putObject("httpGet").put("port", server.getAddress().getPort()).put("path", "/health");
        }
        List<String> failures = new CopyOnWriteArrayList<>();
        try (ContainerProbes probes = new ContainerProbes(ID, container, "127.0.0.1", Health.UNKNOWN, prober, () -> {},
                failures::add)) {
            await(() -> probes.health().equals(new Health(true, null, true)));
            assertThat(failures).isEmpty();
            code.set(500);
            await(() -> probes.health().equals(new Health(true, null, false)));
            assertThat(failures).contains("Readiness probe failed: HTTP probe failed with statuscode: 500");
        }
    }

    @Test
    void resultsHaveToRepeatToCount() {
        ProbeCounter counter = ProbeCounter.NONE.add(false, 2, 3).add(false, 2, 3);
        assertThat(counter.verdict()).isNull();
        assertThat(counter.add(false, 2, 3).verdict()).isFalse();
        assertThat(counter.add(true, 2, 3).verdict()).isNull();
        assertThat(counter.add(true, 2, 3).add(true, 2, 3).verdict()).isTrue();
        assertThat(counter.add(true, 2, 3).add(true, 2, 3).add(false, 2, 3).verdict()).isTrue();
    }
}
