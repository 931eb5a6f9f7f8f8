package dev.xebec.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A Deployment comes up and is rolled to another template: what a pod costs in sets of different sizes. */
@Command(name = "roll", description = "Roll a Deployment.")
final class RollLoad implements Callable<Integer> {
    private static final int LOOK_MILLIS = 500;
    private static final int MAX_LOOKS = 1_200;

    @Mixin
    private Target target;
    @Option(names = "--replicas", defaultValue = "100", description = "pods of the Deployment (default: "
            + "${DEFAULT-VALUE})")
    private int replicas;
    @Option(names = "--service", description = "put a Service in front of it")
    private boolean service;

    @Override
    public Integer call() throws Exception {
        target.prepare();
        String name = "r" + Long.toString(System.currentTimeMillis(), 36);
        Connection connection = target.connect();
        String deployments = "/apis/apps/v1/namespaces/" + target.namespace() + "/deployments";
        if (service) {
            post(connection, "/api/v1/namespaces/" + target.namespace() + "/services", """
                    {"apiVersion":"v1","kind":"Service","metadata":{"name":"%s"},"spec":{"selector":{"app":"%s"},
                    "ports":[{"port":80}]}}""".formatted(name, name));
        }
        ServerProcesses up = target.servers();
        long begun = System.nanoTime();
        post(connection, deployments, """
                {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"%s"},"spec":{"replicas":%d,
                "selector":{"matchLabels":{"app":"%s"}},"template":{"metadata":{"labels":{"app":"%s"}},"spec":{%s}}}}"""
                .formatted(name, replicas, name, name, Pods.spec(1_600)));
        await(connection, deployments + "/" + name);
        print("came up", begun, up);
        ServerProcesses roll = target.servers();
        begun = System.nanoTime();
        String patch = "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"rolled\":\"yes\"}}}}}";
        accepted(connection.send("PATCH", deployments + "/" + name, patch.getBytes(StandardCharsets.UTF_8),
                "application/merge-patch+json").statusCode());
        await(connection, deployments + "/" + name);
        print("rolled", begun, roll);
        accepted(connection.send("DELETE", deployments + "/" + name, new byte[0], "").statusCode());
        return 0;
    }

    private static void post(Connection connection, String path, String body) throws IOException, InterruptedException {
        accepted(connection.send("POST", path, body.getBytes(StandardCharsets.UTF_8), "application/json").statusCode());
    }

    private static void accepted(int code) throws IOException {
        if (code / 100 != 2) {
            throw new IOException("HTTP " + code);
        }
    }

    private void await(Connection connection, String path) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        for (int look = 0; look < MAX_LOOKS; look++) {
            JsonNode deployment = mapper.readTree(connection.get(path).body());
            JsonNode status = deployment.path("status");
            if (status.path("observedGeneration").asLong() == deployment.path("metadata").path("generation").asLong()
                    && status.path("updatedReplicas").asInt() == replicas
                    && status.path("replicas").asInt() == replicas
                    && status.path("availableReplicas").asInt() == replicas) {
                return;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        throw new TimeoutException("the Deployment does not settle: " + path);
    }

    private void print(String name, long begun, ServerProcesses servers) throws IOException {
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(Locale.ROOT, "%s: %d replicas in %.1f s: %.0f/s%s%n", name, replicas, seconds,
                replicas / seconds, servers.figures(replicas));
    }
}
