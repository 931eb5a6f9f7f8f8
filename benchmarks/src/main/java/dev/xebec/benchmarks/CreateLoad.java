package dev.xebec.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Creates ConfigMaps. */
@Command(name = "create", description = "Create ConfigMaps.")
final class CreateLoad implements Callable<Integer> {
    @Mixin
    private Target target;
    @Option(names = "--count", defaultValue = "5000", description = "objects (default: ${DEFAULT-VALUE})")
    private long count;
    @Option(names = "--bytes", defaultValue = "1024", description = "bytes of data in each (default: ${DEFAULT-VALUE})")
    private int bytes;

    @Override
    public Integer call() throws Exception {
        target.prepare();
        String run = Long.toString(System.currentTimeMillis(), 36);
        String data = "x".repeat(bytes);
        String path = "/api/v1/namespaces/" + target.namespace() + "/configmaps";
        new Swarm(target).run("create ConfigMap of " + bytes + " B", count, (connection, number) -> {
            String body = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"c-" + run + "-"
                    + number
                    + "\"},\"data\":{\"value\":\"" + data + "\"}}";
            return connection.send("POST", path, body.getBytes(StandardCharsets.UTF_8), "application/json")
                    .statusCode();
        });
        return 0;
    }
}
