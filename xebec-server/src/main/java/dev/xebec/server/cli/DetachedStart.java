package dev.xebec.server.cli;

import dev.xebec.server.StartupException;
import dev.xebec.server.layout.DataDirectory;
import dev.xebec.server.plan.ClusterShape;
import dev.xebec.server.supervisor.JavaCommand;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code up --detach}: starts {@code up} in a session of its own, shows what it says and returns when it is ready. */
final class DetachedStart {
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
        Path output = data.logs().resolve("up.out");
        try {
            Files.deleteIfExists(output);
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
        return command;
    }

    /** Shows the output until the line that says ready, or the end. */
    private int follow(Process process, Path output) throws IOException, InterruptedException {
        int shown = 0;
        while (true) {
            boolean ended = !process.isAlive();
            String text = Files.readString(output);
            int complete = ended ? text.length() : text.lastIndexOf('\n') + 1;
            for (String line : text.substring(shown, Math.max(shown, complete)).lines().toList()) {
                out.println(line);
                if (line.startsWith(RunningCluster.READY)) {
                    return 0;
                }
            }
            shown = Math.max(shown, complete);
            if (ended) {
                return process.exitValue() == 0 ? 1 : process.exitValue();
            }
            Thread.sleep(20);
        }
    }
}
