package dev.xebec.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes nodes that nobody runs, creates pods, and times until the last one has a node. */
@Command(name = "schedule", description = "Schedule pods to simulated nodes.")
final class ScheduleLoad implements Callable<Integer> {
    @Mixin
    private Target target;
    @Option(names = "--nodes", defaultValue = "500", description = "nodes to make (default: ${DEFAULT-VALUE})")
    private int nodes;
    @Option(names = "--pods", defaultValue = "5000", description = "pods (default: ${DEFAULT-VALUE})")
    private int pods;

    @Override
    public Integer call() throws Exception {
        target.prepare();
        new Swarm(target).run("create Node", nodes, (connection, number) -> node(connection, number));
        String path = "/api/v1/namespaces/" + target.namespace() + "/pods";
        String run = "s" + Long.toString(System.currentTimeMillis(), 36);
        JsonNode list = new ObjectMapper().readTree(target.connect().get(path + "?limit=1").body());
        String from = list.path("metadata").path("resourceVersion").asText();
        Connection watching = target.connect();
        CompletableFuture<Long> last = new CompletableFuture<>();
        Thread.ofPlatform().daemon()
                .start(() -> awaitAll(watching, path + "?watch=true&resourceVersion=" + from, run, last));
        ServerProcesses servers = target.servers();
        long begun = System.nanoTime();
        new Swarm(target).run("create Pod", pods, (connection, number) -> connection.send("POST", path,
                Pods.plain(run + "-" + number, "default-scheduler").getBytes(StandardCharsets.UTF_8),
                "application/json").statusCode());
        double seconds = (last.get(300, TimeUnit.SECONDS) - begun) / 1e9;
        System.out.printf(Locale.ROOT, "schedule: %d pods on %d nodes in %.1f s from the first create: %.0f pods/s%s%n",
                pods, nodes, seconds, pods / seconds, servers.figures(pods));
        return 0;
    }

    private static int node(Connection connection, long number) throws java.io.IOException, InterruptedException {
        String name = "bench-" + number;
        String body = """
                {"apiVersion":"v1","kind":"Node","metadata":{"name":"%s","labels":{"kubernetes.io/hostname":"%s",
                "topology.kubernetes.io/zone":"zone-%d"}}}""".formatted(name, name, number % 3);
        int code = connection.send("POST", "/api/v1/nodes", body.getBytes(StandardCharsets.UTF_8), "application/json")
                .statusCode();
        if (code != 201 && code != 409) {
            return code;
        }
        String status = """
                {"status":{"capacity":{"cpu":"32","memory":"256Gi","pods":"110"},
                "allocatable":{"cpu":"32","memory":"256Gi","pods":"110"},
                "conditions":[{"type":"Ready","status":"True","reason":"Benchmark","message":"nobody runs it"}]}}""";
        return connection.send("PATCH", "/api/v1/nodes/" + name + "/status", status.getBytes(StandardCharsets.UTF_8),
                "application/merge-patch+json").statusCode();
    }

    private void awaitAll(Connection connection, String path, String run, CompletableFuture<Long> last) {
        Set<String> bound = new HashSet<>();
        ObjectMapper mapper = new ObjectMapper();
        try (InputStream in = connection.stream(path).body();
                var events = mapper.readerFor(JsonNode.class).<JsonNode>readValues(in)) {
            while (events.hasNext()) {
                JsonNode pod = events.next().path("object");
                String name = pod.path("metadata").path("name").asText();
                if (name.startsWith(run) && !pod.path("spec").path("nodeName").asText("").isEmpty() && bound.add(name)
                        && bound.size() == pods) {
                    last.complete(System.nanoTime());
                    return;
                }
            }
        } catch (java.io.IOException broken) {
            last.completeExceptionally(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
