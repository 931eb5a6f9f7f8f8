package dev.xebec.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.system.ClassPathCopy;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * One run of faults against a real cluster. {@code -Dxebec.faults.seed}, {@code -Dxebec.faults.seconds} and {@code
 * -Dxebec.faults.kinds} choose which, how long and of what; what a run printed and logged stays under {@code
 * target/faults} where it fails.
 */
class FaultRunTest {
    private static final String SEED = System.getProperty("xebec.faults.seed", "1");
    private static final String SECONDS = System.getProperty("xebec.faults.seconds", "75");
    private static final String KINDS = System.getProperty("xebec.faults.kinds", "");

    @Test
    void nothingIsLostAndEverythingSettles() throws Exception {
        Isolation isolation = Isolation.best();
        Path work = Files.createDirectories(Path.of("target", "faults"))
                .resolve("seed-" + SEED + "-" + ProcessHandle.current().pid()).toAbsolutePath();
        ClassPathCopy classes = ClassPathCopy.make();
        List<String> command = new ArrayList<>(isolation.prefix());
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                "-Djava.net.preferIPv4Stack=true", "-cp", classes.text(), FaultRun.class.getName(), work.toString(),
                SEED, SECONDS, isolation.namespaces() ? "namespaces" : "loopback", KINDS));
        try {
            assertThat(run(command)).as("exit code of the run; its logs are in %s", work).isZero();
            delete(work);
        } finally {
            classes.delete();
        }
    }

    private static int run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader said = process.inputReader()) {
            said.lines().forEach(System.out::println);
            return process.waitFor();
        } finally {
            // Its standard input: it ends with us.
            process.getOutputStream().close();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
