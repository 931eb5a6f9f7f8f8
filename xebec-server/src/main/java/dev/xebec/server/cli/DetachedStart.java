package dev.xebec.server.cli;

import dev.xebec.server.StartupException;
import dev.xebec.server.layout.DataDirectory;
import dev.xebec.server.plan.ClusterShape;
import dev.xebec.server.supervisor.JavaCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** {@code up --detach}: starts {@code up} in a session of its own, shows what it says and returns when it is ready. */
final class DetachedStart {
    private static final String OUTPUT = "up-";

    private final DataDirectory data;
    private final ClusterShape shape;
    private final PrintStream out = System.out;

    DetachedStart(DataDirectory data, ClusterShape shape) {
        this.data = data;
        this.shape = shape;
    }

    int run() throws InterruptedException {
        if (data.locked()) {
            throw new StartupException("a cluster is running on " + data.root()
                    + "; see it with ./xebec status, or end it with ./xebec down");
        }
        try {
            // Of its own, because two that start at the same time must not write into each other's.
            Path output = Files.createTempFile(data.logs(), OUTPUT, ".out");
            Process process = new ProcessBuilder(command()).redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile()).start();
            return follow(process, output);
        } catch (IOException refused) {
            throw new StartupException("cannot start in the background: " + refused.getMessage(), refused);
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        // A session of its own, so that the end of this terminal does not end the cluster.
        for (String setsid : List.of("/usr/bin/setsid", "/bin/setsid")) {
            if (command.isEmpty() && Files.isExecutable(Path.of(setsid))) {
                command.add(setsid);
            }
        }
        command.addAll(JavaCommand.of(List.of(), List.of("up", "--data", data.root().toString(), "--masters",
                Integer.toString(shape.masters()), "--nodes", Integer.toString(shape.nodes()), "--runtime",
                shape.runtime(), "--store", shape.store(), "--port", Integer.toString(shape.port()))));
        command.addAll(KafkaOptions.flags(shape.kafka()));
        command.addAll(EtcdOptions.flags(shape.store(), shape.etcd()));
        return command;
    }

    /** Shows the output until the line that says ready, or the end. */
    private int follow(Process process, Path output) throws IOException, InterruptedException {
        try (InputStream said = Files.newInputStream(output)) {
            GrowingLines lines = new GrowingLines(said);
            while (true) {
                boolean ended = !process.isAlive();
                for (String line : ended ? lines.last() : lines.next()) {
                    out.println(line);
                    if (line.startsWith(RunningCluster.READY)) {
                        forget(file -> !file.equals(output));
                        return 0;
                    }
                }
                if (ended) {
                    // All of it was shown.
                    forget(output::equals);
                    return process.exitValue() == 0 ? 1 : process.exitValue();
                }
                Thread.sleep(20);
            }
        }
    }

    /** Starts that still follow their output have it open. */
    private void forget(Predicate<Path> chosen) throws IOException {
        try (DirectoryStream<Path> outputs = Files.newDirectoryStream(data.logs(), OUTPUT + "*.out")) {
            for (Path output : outputs) {
                if (chosen.test(output)) {
                    Files.deleteIfExists(output);
                }
            }
        }
    }
}
