package dev.xebec.node.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.node.log.LogLimits;
import dev.xebec.node.runtime.AttachSession;
import dev.xebec.node.runtime.ContainerId;
import dev.xebec.node.runtime.ContainerSpec;
import dev.xebec.node.runtime.ContainerSpec.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients exchange with a container's main process, whatever it is isolated by. */
class AttachTest {
    private static final ContainerId ID = new ContainerId("a", "main", 0);

    @TempDir
    Path directory;
    private ProcessRuntime runtime;

    private void start(ProcessRuntimeConfig.Wish isolation) throws IOException {
        runtime = new ProcessRuntime(
                new ProcessRuntimeConfig(directory, 4_000, isolation, List.of(), 64L * 1024 * 1024, LogLimits.DEFAULT),
                InstantSource.system());
        runtime.openPod("a", "default", "pod");
    }

    @BeforeEach
    void start() throws IOException {
        start(ProcessRuntimeConfig.Wish.PLAIN);
    }

    @AfterEach
    void stop() {
        runtime.kill(ID);
        runtime.close();
    }

    private AttachSession attached(Console console, String... command) {
        runtime.start(new ContainerSpec(ID, "image", List.of(command), Map.of(), "", "host", List.of(),
                ContainerSpec.Limits.NONE, Duration.ZERO, "", console));
        return runtime.attach(ID).orElseThrow();
    }

    private static void say(AttachSession session, String text) throws IOException {
        session.input(text.getBytes(StandardCharsets.UTF_8), 0, text.length());
    }

    private static String heard(AttachSession session) throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[8_192];
        for (int read = session.stdout(buffer); read >= 0; read = session.stdout(buffer)) {
            all.write(buffer, 0, read);
            if (read == 0) {
                Thread.sleep(5);
            }
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource(ProcessRuntimeConfig.Wish.class)
    void inputEndsWithTheFirstClientWhereItIsAskedFor(ProcessRuntimeConfig.Wish isolation) throws Exception {
        stop();
        start(isolation);
        try (AttachSession session = attached(new Console(true, true, false), "cat")) {
            say(session, "one\n");
            say(session, "two");
            session.endInput();

            assertThat(heard(session)).isEqualTo("one\ntwo");
            assertThatThrownBy(() -> say(session, "late")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void inputStaysOpenForTheNextClientOtherwise() throws Exception {
        try (AttachSession first = attached(new Console(true, false, false), "sh", "-c",
                "read -r a; read -r b; echo \"$a $b\"")) {
            say(first, "one\n");
            first.endInput();
        }
        try (AttachSession second = runtime.attach(ID).orElseThrow()) {
            say(second, "two\n");

            assertThat(heard(second)).isEqualTo("one two\n");
        }
    }

    @Test
    void aContainerWithoutInputTakesNone() throws Exception {
        try (AttachSession session = attached(Console.NONE, "sh", "-c", "cat; sleep 600")) {
            assertThatThrownBy(() -> say(session, "x")).isInstanceOf(IOException.class)
                    .hasMessageContaining("no standard input");
        }
    }

    @Test
    void aTerminalEchoesWhatIsTyped() throws Exception {
        try (AttachSession session = attached(new Console(true, true, true), "sh", "-c",
                "read -r x; test -t 0 && echo \"[$x]\"")) {
            say(session, "typed\n");

            assertThat(heard(session)).contains("[typed]\r\n");
        }
    }

    @Test
    void portsAreThoseOfThePodsAddress() throws Exception {
        String address = runtime.pods().get(0).ip();
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName(address));
                Socket there = runtime.connect("a", server.getLocalPort())) {
            assertThat(there.isConnected()).isTrue();
        }
        assertThatThrownBy(() -> runtime.connect("a", 1)).isInstanceOf(ConnectException.class);
    }
}
