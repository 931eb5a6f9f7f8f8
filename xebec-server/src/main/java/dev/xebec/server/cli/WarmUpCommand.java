package dev.xebec.server.cli;

import dev.xebec.server.layout.DataDirectory;
import dev.xebec.server.pki.ClusterPki;
import dev.xebec.server.plan.ClusterPlan;
import dev.xebec.server.plan.ClusterShape;
import dev.xebec.server.plan.FreePorts;
import dev.xebec.server.plan.KafkaShape;
import dev.xebec.server.plan.ProcessConfig;
import dev.xebec.server.process.ClusterProcess;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code xebec warm-up}: lives a short life in an empty folder, so that the JVM can record what it loads; the build runs it
 * once, and later starts are quick.
 */
@Command(name = "warm-up", description = "Live a short life for the JVM to learn from.", hidden = true)
final class WarmUpCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final KafkaShape OFF = new KafkaShape(KafkaShape.OFF, "", KafkaShape.TOPIC, KafkaShape.BINARY, "");
    /** What a first client asks for. */
    private static final List<String> READS = List.of("/version", "/api", "/apis", "/readyz", "/api/v1/nodes",
            "/api/v1/pods?limit=500", "/api/v1/namespaces/default", "/apis/apps/v1/deployments?limit=500",
            "/openapi/v3");

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "an empty folder")
    private Path folder;

    @Override
    public Integer call() throws Exception {
        DataDirectory data = new DataDirectory(folder);
        data.prepare();
        FreePorts ports = new FreePorts();
        ClusterPlan plan = ClusterPlan.of(new ClusterShape(1, 1, "process", "raft", ports.getAsInt(), OFF), data,
                Optional.empty(), ports, FreePorts::isFree);
        ClusterPki pki = ClusterPki.open(data.pki(), List.of(plan.host()), Instant.now());
        try (ClusterProcess process = new ClusterProcess(plan.processes().get(0))) {
            process.start();
            process.awaitReady(PATIENCE);
            use(pki, plan.shape().port());
        }
        ProcessConfig member = ClusterPlan.of(new ClusterShape(3, 0, "process", "raft", ports.getAsInt(), OFF), data,
                Optional.empty(), ports, FreePorts::isFree).processes().get(0);
        ClusterProcess.rehearseClustering(member.meeting(List.of()));
        return 0;
    }

    private static void use(ClusterPki pki, int port) throws Exception {
        Vertx vertx = Vertx.vertx();
        HttpClientAgent client = vertx.createHttpClient(new HttpClientOptions().setSsl(true).setUseAlpn(true)
                .setDefaultHost("127.0.0.1").setDefaultPort(port).setVerifyHost(false)
                .setTrustOptions(new PemTrustOptions().addCertPath(pki.apiAuthority().certificate().toString()))
                .setKeyCertOptions(new PemKeyCertOptions().addCertPath(pki.admin().certificate().toString())
                        .addKeyPath(pki.admin().key().toString())));
        for (String path : READS) {
            send(client, HttpMethod.GET, path, "");
        }
        for (int number = 0; number < 20; number++) {
            send(client, HttpMethod.POST, "/api/v1/namespaces/default/configmaps", """
                    {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"warm-%d"},"data":{"a":"b"}}"""
                    .formatted(number));
        }
        send(client, HttpMethod.POST, "/apis/apps/v1/namespaces/default/deployments", """
                {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"warm"},"spec":{"replicas":1,
                "selector":{"matchLabels":{"app":"warm"}},"template":{"metadata":{"labels":{"app":"warm"}},"spec":{
                "terminationGracePeriodSeconds":1,
                "containers":[{"name":"main","image":"none","command":["sleep","30"]}]}}}}""");
        Thread.sleep(1_500);
        send(client, HttpMethod.GET, "/api/v1/namespaces/default/pods", "");
        send(client, HttpMethod.DELETE, "/apis/apps/v1/namespaces/default/deployments/warm", "");
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    private static void send(HttpClientAgent client, HttpMethod method, String path, String body) throws Exception {
        client.request(method, path)
                .compose(request -> body.isEmpty()
                        ? request.send()
                        : request.putHeader("Content-Type", "application/json").send(Buffer.buffer(body)))
                .compose(HttpClientResponse::body).toCompletionStage().toCompletableFuture().get();
    }
}
