package dev.xebec.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.server.layout.DataDirectory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
    @TempDir
    private Path folder;
    private final StringWriter errors = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"up --masters 2", "up --masters x", "up --nodes -1", "up --nodes 65", "up --runtime docker",
            "up --store paper", "up --kafka kafka", "up --kafka a:0",
            "up --kafka a:9092,", "up --kafka-properties f", "up --kafka off --kafka-properties f",
            "up --events-topic .",
            "up --events-topic a/b", "up --events-mode xml", "up --changes-topic xebec.task-events", "up --port 0",
            "up --port 70000", "up --store memory --masters 3", "up --unknown",
            "check --gateway https://127.0.0.1:6443",
            "check --connect-timeout 0", "check --kubeconfig f --connect-timeout x", "status -o xml", "events -o xml",
            "events --since soon", "events --pod a/b/c", "sideways", "run"})
    void wrongUsageIsTwo(String line) {
        assertThat(run((line.matches("(up|status|events) .*") ? line + " --data " + folder : line)
                .split(" "))).isEqualTo(2);
        assertThat(errors.toString()).isNotBlank().doesNotContain("\tat ");
    }

    @Test
    void saysWhichBuildItIs() {
        StringWriter said = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(said, true));
        assertThat(line.execute("--version")).isZero();
        assertThat(said.toString().strip()).matches("xebec \\d+\\.\\d+\\.\\d+\\S*");
    }

    @Test
    void aPortInUseIsOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(run("up", "--data", folder.toString(), "--port", Integer.toString(taken.getLocalPort())))
                    .isEqualTo(1);
        }
        assertThat(errors.toString()).startsWith("xebec: port ").contains("is in use").contains("--port")
                .hasLineCount(1);
    }

    @Test
    void withoutAClusterStatusAndKubeconfigSayWhatToDo() {
        assertThat(run("status", "--data", folder.toString())).isEqualTo(1);
        assertThat(run("kubeconfig", "--data", folder.resolve("nothing").toString())).isEqualTo(1);
        assertThat(run("check", "--data", folder.toString())).isEqualTo(1);
        assertThat(run("events", "--data", folder.resolve("nothing").toString())).isEqualTo(1);
        assertThat(errors.toString()).contains("./xebec up").doesNotContain("\tat ").hasLineCount(4);
    }

    @Test
    void propertiesOfKafkaThatAreNotThereAreOneSentence() {
        assertThat(run("up", "--data", folder.toString(), "--kafka", "a:9092", "--kafka-properties",
                folder.resolve("none").toString())).isEqualTo(1);
        assertThat(errors.toString()).contains("--kafka-properties").hasLineCount(1);
    }

    @Test
    void anOldFormatIsOneSentence() throws Exception {
        new DataDirectory(folder).prepare();
        Files.writeString(folder.resolve("format"), "0\n");
        assertThat(run("up", "--data", folder.toString())).isEqualTo(1);
        assertThat(errors.toString()).contains("has format 0").hasLineCount(1);
    }

    @Test
    void aMissingConfigurationIsOneSentence() {
        assertThat(run("api-gateway", "--config", folder.resolve("none.yaml").toString())).isEqualTo(2);
        assertThat(errors.toString()).startsWith("xebec: configuration file ").contains("does not exist")
                .hasLineCount(2);
    }

    private int run(String... arguments) {
        CommandLine line = Main.commandLine();
        line.setErr(new PrintWriter(errors, true));
        return line.execute(arguments);
    }
}
