package dev.xebec.benchmarks.engine;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.api.ApiResponse;
import dev.xebec.gateway.registry.StoreCommits;
import dev.xebec.gateway.service.Gateway;
import dev.xebec.gateway.service.GatewayConfig;
import dev.xebec.gateway.webhook.WebhookTransport;
import dev.xebec.kit.metrics.PrometheusMetrics;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.state.memory.InMemoryStateStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One request after the other, from its body's bytes to the answer's: decoding, defaults, admission, validation, managed
 * fields, encoding and the watch cache are real; TLS, HTTP, the bus, Raft and the disk are left out. Every request changes
 * its object.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 4)
@Measurement(iterations = 4, time = 4)
public class ObjectEngine {
    private static final String NAMESPACE = "/api/v1/namespaces/default/";
    private static final String TICK = "TICK";
    private static final ApiRequest.User USER = new ApiRequest.User("bench", List.of("system:masters"));
    private static final int CREATED = 201;
    private static final int OK = 200;

    /** What is written: a ConfigMap of 1 KiB, or a Pod of two containers. */
    @Param({"configmaps", "pods"})
    String resource = "";

    private final InMemoryStateStore store = new InMemoryStateStore("bench");
    private final Gateway gateway = new Gateway(store, StoreCommits.direct(store), KindRegistry.builtIn(),
            InstantSource.system(), new PrometheusMetrics(), GatewayConfig.DEFAULT_SERVICE_CIDR,
            WebhookTransport.none());
    private long count;
    private String object = "";
    private String whole = "";

    @Setup(Level.Trial)
    public void start() throws InterruptedException {
        gateway.start();
        while (!gateway.cache().synced()) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        send("POST", "/api/v1/namespaces", "application/json", Map.of(), "{\"metadata\":{\"name\":\"default\"}}");
        object = resource.equals("pods") ? pod() : configMap();
        send("POST", NAMESPACE + resource, "application/json", Map.of(), named("one", "first"));
        send("PATCH", NAMESPACE + resource + "/applied", "application/apply-patch+yaml",
                Map.of("fieldManager", "bench"), named("applied", "first"));
        ApiResponse present = send("GET", NAMESPACE + resource + "/one", "", Map.of(), "");
        whole = present.body().utf8().replaceFirst("\"resourceVersion\":\"\\d+\",", "").replace("first", TICK);
    }

    @TearDown(Level.Trial)
    public void stop() {
        gateway.close();
        store.close();
    }

    @Benchmark
    public ApiResponse create() {
        count++;
        return send("POST", NAMESPACE + resource, "application/json", Map.of(), named("o-" + count, "first"));
    }

    @Benchmark
    public ApiResponse get() {
        return send("GET", NAMESPACE + resource + "/one", "", Map.of(), "");
    }

    @Benchmark
    public ApiResponse update() {
        return send("PUT", NAMESPACE + resource + "/one", "application/json", Map.of(), whole.replace(TICK, tick()));
    }

    @Benchmark
    public ApiResponse mergePatch() {
        return patch("application/merge-patch+json");
    }

    @Benchmark
    public ApiResponse strategicMergePatch() {
        return patch("application/strategic-merge-patch+json");
    }

    @Benchmark
    public ApiResponse serverSideApply() {
        return send("PATCH", NAMESPACE + resource + "/applied", "application/apply-patch+yaml",
                Map.of("fieldManager", "bench"), named("applied", tick()));
    }

    private ApiResponse patch(String type) {
        return send("PATCH", NAMESPACE + resource + "/one", type, Map.of(),
                "{\"metadata\":{\"annotations\":{\"tick\":\"" + tick() + "\"}}}");
    }

    private String tick() {
        count++;
        return Long.toString(count);
    }

    private ApiResponse send(String method, String path, String type, Map<String, String> query, String body) {
        ApiResponse answer = gateway.api().send(new ApiRequest(method, path, query, type, "", Bytes.utf8(body), USER,
                "bench/1"));
        if (answer.code() != OK && answer.code() != CREATED) {
            throw new IllegalStateException(answer.body().utf8());
        }
        return answer;
    }

    private String named(String name, String tick) {
        return object.replace("NAME", name).replace(TICK, tick);
    }

    private static String configMap() {
        return """
                {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"NAME","labels":{"app":"bench"},\
                "annotations":{"tick":"TICK"}},"data":{"text":"%s"}}""".formatted("x".repeat(1_024));
    }

    private static String pod() {
        String container = """
                {"name":"%s","image":"registry.example.com/web:1.2","ports":[{"containerPort":8080}],\
                "env":[{"name":"A","value":"1"},{"name":"B","valueFrom":{"fieldRef":{"fieldPath":"status.podIP"}}}],\
                "resources":{"requests":{"cpu":"100m","memory":"64Mi"},"limits":{"memory":"128Mi"}},\
                "readinessProbe":{"httpGet":{"path":"/ready","port":8080}}}""";
        return """
                {"apiVersion":"v1","kind":"Pod","metadata":{"name":"NAME","labels":{"app":"bench"},\
                "annotations":{"tick":"TICK"}},"spec":{"containers":[%s,%s]}}"""
                .formatted(container.formatted("main"), container.formatted("side"));
    }
}
