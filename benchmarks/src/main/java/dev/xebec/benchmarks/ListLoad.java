package dev.xebec.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
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
    @Option(names = "--accept", defaultValue = "", description = "media types to ask for, such as "
            + "application/vnd.kubernetes.protobuf")
    private String accept;

    @Override
    public Integer call() throws Exception {
        target.prepare();
        String path = "/api/v1/namespaces/" + target.namespace() + "/pods";
        new Swarm(target).run("create Pod", pods, (connection, number) -> connection.send("POST", path,
                Pods.plain("listed-" + number, "nobody").getBytes(StandardCharsets.UTF_8), "application/json")
                .statusCode());
        AtomicLong bytes = new AtomicLong();
        long start = System.nanoTime();
        new Swarm(target).run("list pods", count, (connection, number) -> {
            var response = connection.get(path, accept);
            bytes.set(response.body().length);
            return response.statusCode();
        });
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(Locale.ROOT, "bytes of a list: %d, %.1f MB/s%n", bytes.get(),
                bytes.get() * count / seconds / 1e6);
        return 0;
    }
}
