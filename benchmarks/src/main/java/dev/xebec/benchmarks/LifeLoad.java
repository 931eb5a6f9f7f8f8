package dev.xebec.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Pods' whole lives on nodes that somebody runs or simulates: created, ready, deleted, gone. */
@Command(name = "life", description = "Create pods, await that they are ready, delete them, await that they are gone.")
final class LifeLoad implements Callable<Integer> {
    @Mixin
    private Target target;
    @Option(names = "--pods", defaultValue = "5000", description = "pods (default: ${DEFAULT-VALUE})")
    private int pods;
    @Option(names = "--bytes", defaultValue = "1600", description = "about how large each is stored (default: "
            + "${DEFAULT-VALUE})")
    private int bytes;
    @Option(names = "--keep", description = "leave them running")
    private boolean keep;

    @Override
    public Integer call() throws Exception {
        target.prepare();
        String path = "/api/v1/namespaces/" + target.namespace() + "/pods";
        String run = "l" + Long.toString(System.currentTimeMillis(), 36);
        try (PodCensus census = new PodCensus(target, path, run)) {
            ServerProcesses births = target.servers();
            long begun = System.nanoTime();
            new Swarm(target).run("create Pod", pods, (connection, number) -> connection.send("POST", path,
                    Pods.sized(run + "-" + number, bytes).getBytes(StandardCharsets.UTF_8), "application/json")
                    .statusCode());
            census.awaitReady(pods);
            print("created to ready", begun, births);
            if (keep) {
                return 0;
            }
            ServerProcesses deaths = target.servers();
            begun = System.nanoTime();
            new Swarm(target).run("delete Pod", pods, (connection, number) -> connection.send("DELETE",
                    path + "/" + run + "-" + number, new byte[0], "").statusCode());
            census.awaitGone(pods);
            print("deleted to gone", begun, deaths);
        }
        return 0;
    }

    private void print(String name, long begun, ServerProcesses servers) throws java.io.IOException {
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(Locale.ROOT, "%s: %d pods in %.1f s: %.0f/s%s%n", name, pods, seconds, pods / seconds,
                servers.figures(pods));
    }
}
