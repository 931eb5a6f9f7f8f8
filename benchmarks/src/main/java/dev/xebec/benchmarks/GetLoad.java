package dev.xebec.benchmarks;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads one object over and over, each time as of now. */
@Command(name = "get", description = "Read one object over and over.")
final class GetLoad implements Callable<Integer> {
    @Mixin
    private Target target;
    @Option(names = "--count", defaultValue = "20000", description = "reads (default: ${DEFAULT-VALUE})")
    private long count;
    @Option(names = "--path", defaultValue = "/api/v1/namespaces/default", description = "what (default: "
            + "${DEFAULT-VALUE})")
    private String path;

    @Override
    public Integer call() throws Exception {
        new Swarm(target).run("get " + path, count, (connection, number) -> connection.get(path).statusCode());
        return 0;
    }
}
