package dev.xebec.system.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.system.TestCluster;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Case files of a folder run against a cluster, each in a namespace of its own that is named after the file. What else lies in
 * the folder is copied to where the commands run.
 *
 * @param scratch where the commands run
 * @param environment what they find in their environment besides KUBECONFIG
 */
record CommandCases(Path folder, TestCluster cluster, Path scratch, Map<String, String> environment) {
    /** Seconds that one command may take. */
    private static final int COMMAND_PATIENCE = 150;
    /** Seconds until what was asked for has to be seen. */
    private static final int SIGHT_PATIENCE = 60;

    static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> cases = files.filter(file -> file.toString().endsWith(".case")).sorted().toList();
            assertThat(cases).isNotEmpty();
            return cases;
        }
    }

    static boolean onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    CommandCases copyFixtures() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path fixture : files.filter(file -> !file.toString().endsWith(".case") && !file.equals(folder))
                    .toList()) {
                Files.copy(fixture, scratch.resolve(folder.relativize(fixture)));
            }
        }
        return this;
    }

    void play(Path file, String namespace) throws Exception {
        Path kubeconfig = scratch.resolve(namespace + ".kubeconfig");
        Files.copy(cluster.kubeconfig(), kubeconfig);
        assertThat(run(kubeconfig, "kubectl create namespace " + namespace
                + " && kubectl config set-context --current --namespace=" + namespace).exit()).isZero();
        for (KubectlCase.Step step : KubectlCase.parse(Files.readAllLines(file))) {
            KubectlCase.Seen seen = run(kubeconfig, step.command());
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SIGHT_PATIENCE);
            while (step.repeated() && !step.complaints(seen).isEmpty() && System.nanoTime() < deadline) {
                Thread.sleep(200);
                seen = run(kubeconfig, step.command());
            }
            assertThat(step.complaints(seen)).as("%s:%d: %s%n%s", file.getFileName(), step.line(), step.command(),
                    seen.output()).isEmpty();
        }
        assertThat(run(kubeconfig, "kubectl delete namespace --wait=false " + namespace).exit()).isZero();
    }

    KubectlCase.Seen run(Path kubeconfig, String command) throws Exception {
        return run(scratch, environment, kubeconfig, command);
    }

    static KubectlCase.Seen run(Path scratch, Map<String, String> environment, Path kubeconfig, String command)
            throws Exception {
        Path output = scratch.resolve("output");
        ProcessBuilder builder = new ProcessBuilder("timeout", Integer.toString(COMMAND_PATIENCE), "sh", "-c", command)
                .directory(scratch.toFile()).redirectErrorStream(true).redirectOutput(output.toFile())
                .redirectInput(new File("/dev/null"));
        builder.environment().putAll(environment);
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        int exit = builder.start().waitFor();
        return new KubectlCase.Seen(exit, Files.readString(output, StandardCharsets.UTF_8));
    }
}
