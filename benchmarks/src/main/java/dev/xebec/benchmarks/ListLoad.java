package dev.xebec.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists pods, after making as many as are wanted; they are never scheduled. */
@Command(name = "list", description = "List pods.")
final class ListLoad implements Callable<Integer> {
    @Mixin
    private Target target;
    @Option(names = "--count", defaultValue = "40", description = "lists (default: ${DEFAULT-VALUE})")
    private long count;
    @Option(names = "--pods", defaultValue = "5000", description = "pods in the list (default: ${DEFAULT-VALUE})")
    private int pods;

    @Override
    public Integer call() throws Exception {
        target.prepare();
        String path = "/api/v1/namespaces/" + target.namespace() + "/pods";
        new Swarm(target).run("create Pod", pods, (connection, number) -> connection.send("POST", path,
                Pods.plain("listed-" + number, "nobody").getBytes(StandardCharsets.UTF_8), "application/json")
                .statusCode());
        AtomicLong bytes = new AtomicLong();
        new Swarm(target).run("list pods", count, (connection, number) -> {
            var response = connection.get(path);
            bytes.set(response.body().length);
            return response.statusCode();
        });
        System.out.println("bytes of a list: " + bytes.get());
        return 0;
    }
}
