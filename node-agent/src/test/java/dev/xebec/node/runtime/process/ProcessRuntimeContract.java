package dev.xebec.node.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.node.log.LogLimits;
import dev.xebec.node.runtime.ContainerId;
import dev.xebec.node.runtime.ContainerRuntime;
import dev.xebec.node.runtime.ContainerRuntimeContract;
import dev.xebec.node.runtime.ContainerSpec;
import dev.xebec.node.runtime.ContainerState;
import dev.xebec.node.runtime.ExecSession;
import dev.xebec.node.runtime.ExecSpec;
import dev.xebec.node.runtime.LogEntry;
import dev.xebec.node.runtime.LogQuery;
import dev.xebec.node.runtime.LogSink;
import dev.xebec.node.runtime.RefusedException;
import dev.xebec.node.runtime.process.ProcessRuntimeConfig.Wish;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the process runtime promises beyond the contract of all runtimes, isolated or not. */
abstract class ProcessRuntimeContract extends ContainerRuntimeContract {
    @TempDir
    Path directory;

    abstract Wish isolation();

    LogLimits logs() {
        return LogLimits.DEFAULT;
    }

    List<Path> masked() {
        return List.of();
    }

    @Override
    protected ContainerRuntime open() throws IOException {
        return new ProcessRuntime(new ProcessRuntimeConfig(directory, 7, isolation(), masked(), 64 << 20, logs()),
                InstantSource.system());
    }

    @Override
    protected ContainerSpec lasting(ContainerId id) {
        return spec(id, List.of("sleep", "600"));
    }

    @Override
    protected ContainerSpec ending(ContainerId id, int code) {
        return spec(id, List.of("sh", "-c", "exit " + code));
    }

    /** Nothing of a test may stay behind: neither mounts nor processes. */
    @AfterEach
    void nothingStays() throws IOException {
        await(() -> {
            try {
                return !Files.readString(Path.of("/proc/self/mountinfo")).contains(directory.toString());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    String output(ContainerId id) {
        StringBuilder text = new StringBuilder();
        runtime.logs(id, LogQuery.ALL, entry -> {
            text.append(new String(entry.text(), StandardCharsets.UTF_8)).append(entry.whole() ? "\n" : "");
            return true;
        });
        return text.toString();
    }

    @Test
    void addressesAreOfTheNodesOwnRange() {
        assertThat(runtime.openPod("a", "default", "a").ip()).startsWith("127.64.28.");
    }

    @Test
    void theEnvironmentIsTheContainersOnly() {
        ContainerId id = id("a", "main", 0);
        ContainerSpec spec = spec(id, List.of("env"));
        runtime.start(new ContainerSpec(id, spec.image(), spec.command(),
                Map.of("GREETING", "hello\n'you' \"$HOME\"", "odd.name", "kept", "LD_LIBRARY_PATH", "/nowhere"), "",
                "host", List.of(), spec.limits(), Duration.ZERO, ""));
        awaitExit(id);
        assertThat(output(id)).contains("GREETING=hello\n'you' \"$HOME\"\n", "odd.name=kept\n",
                "LD_LIBRARY_PATH=/nowhere\n", "HOSTNAME=host\n", System.getProperty("java.home") + "/bin")
                .doesNotContain("XEBEC_HOSTNAME", "XEBEC_LAYER");
    }

    @Test
    void bothStreamsAreKeptWithTheirTime() {
        Instant before = Instant.now().minusSeconds(1);
        ContainerId id = id("a", "main", 0);
        runtime.start(spec(id, List.of("sh", "-c", "echo out; echo err >&2; printf rest")));
        awaitExit(id);
        List<LogEntry> entries = new CopyOnWriteArrayList<>();
        runtime.logs(id, LogQuery.ALL, entries::add);
        assertThat(entries).extracting(each -> new String(each.text(), StandardCharsets.UTF_8) + each.error()
                + each.whole()).containsExactlyInAnyOrder("outfalsetrue", "errtruetrue", "restfalsefalse");
        assertThat(entries).allMatch(each -> each.at().isAfter(before) && each.at().isBefore(Instant.now()));
    }

    @Test
    void aFollowerSeesLinesAsTheyComeAndEndsWithTheContainer() throws InterruptedException {
        ContainerId id = id("a", "main", 0);
        runtime.start(spec(id, List.of("sh", "-c", "echo one; sleep 0.3; echo two")));
        List<String> lines = new CopyOnWriteArrayList<>();
        Thread follower = Thread.ofVirtual().start(() -> runtime.logs(id, new LogQuery(-1, Instant.EPOCH, true),
                entry -> lines.add(new String(entry.text(), StandardCharsets.UTF_8))));
        await(() -> lines.contains("one"));
        assertThat(state(id).running()).isTrue();
        follower.join();
        assertThat(lines).containsExactly("one", "two");
    }

    @Test
    void aFollowerThatLeavesIsLetGo() throws InterruptedException {
        ContainerId id = id("a", "main", 0);
        runtime.start(lasting(id));
        Thread follower = Thread.ofVirtual().start(() -> runtime.logs(id, new LogQuery(-1, Instant.EPOCH, true),
                new LogSink() {
                    @Override
                    public boolean accept(LogEntry entry) {
                        return true;
                    }

                    @Override
                    public boolean open() {
                        return false;
                    }
                }));
        follower.join();
        assertThat(state(id).running()).isTrue();
    }

    @Test
    void aCommandThatIsNotThereIsAStartError() {
        ContainerId id = id("a", "main", 0);
        runtime.start(spec(id, List.of("no-such-command")));
        ContainerState.Exit exit = awaitExit(id);
        assertThat(exit.reason()).isEqualTo("StartError");
        assertThat(exit.code()).isEqualTo(128);
        assertThat(exit.message()).contains("no-such-command").contains("not found in $PATH");
    }

    @Test
    void aContainerWithoutACommandIsRefused() {
        ContainerId id = id("a", "main", 0);
        assertThatThrownBy(() -> runtime.start(spec(id, List.of()))).isInstanceOf(RefusedException.class)
                .hasMessageContaining("needs a command");
    }

    @Test
    void onlyTheMainProcessGetsTheTermSignalAndItsExitEndsTheRest() {
        ContainerId id = id("a", "main", 0);
        runtime.start(spec(id, List.of("sh", "-c",
                "trap 'echo caught; exit 5' TERM; sh -c 'trap \"echo child-too\" TERM; while :; do sleep 0.1; done' & "
                        + "echo up; while :; do sleep 0.1; done")));
        await(() -> output(id).contains("up"));
        runtime.terminate(id);
        assertThat(awaitExit(id).code()).isEqualTo(5);
        assertThat(output(id)).contains("caught").doesNotContain("child-too");
        assertThat(leftovers(id)).isEmpty();
    }

    private static List<Long> leftovers(ContainerId id) {
        try {
            return ProcessTable.withVariable(Launcher.MARK + "=" + id);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aNewRuntimeOnTheDirectoryTakesOver() throws Exception {
        ContainerId lasting = id("a", "lasting", 0);
        ContainerId ending = id("a", "ending", 0);
        ContainerId over = id("a", "over", 0);
        runtime.start(spec(lasting, List.of("sh", "-c", "echo first; while :; do sleep 0.1; done")));
        runtime.start(spec(ending, List.of("sh", "-c", "echo before; sleep 1; echo after; exit 4")));
        runtime.start(spec(over, List.of("sh", "-c", "exit 6")));
        awaitExit(over);
        await(() -> output(lasting).contains("first") && output(ending).contains("before"));
        List<String> ips = runtime.pods().stream().map(each -> each.ip()).toList();
        runtime.close();
        runtime = open();
        assertThat(runtime.pods()).extracting(each -> each.ip()).isEqualTo(ips);
        assertThat(state(lasting).running()).isTrue();
        assertThat(awaitExit(over).code()).isEqualTo(6);
        assertThat(awaitExit(ending).code()).isEqualTo(4);
        assertThat(output(ending)).isEqualTo("before\nafter\n");
        runtime.terminate(lasting);
        assertThat(awaitExit(lasting).code()).isEqualTo(143);
        assertThat(output(lasting)).isEqualTo("first\n");
    }

    @Test
    void aKilledLauncherLeavesAnUnknownExitAndNoProcesses() throws IOException {
        ContainerId id = id("a", "main", 0);
        runtime.start(lasting(id));
        Path pid = directory.toRealPath().resolve("pods/a/containers/main/0/pid");
        await(() -> Files.exists(pid.resolveSibling("main")) && pid.toFile().length() > 0 && leftovers(id).size() > 1);
        ProcessHandle.of(Long.parseLong(Files.readString(pid).split(" ")[0])).orElseThrow().destroyForcibly();
        assertThat(awaitExit(id).reason()).isEqualTo("ContainerStatusUnknown");
        await(() -> leftovers(id).isEmpty());
    }

    private Path place(ContainerId id) throws IOException {
        return directory.toRealPath().resolve("pods").resolve(id.podUid()).resolve("containers").resolve(id.container())
                .resolve(Integer.toString(id.attempt()));
    }

    /** A directory where the log's position belongs: every attempt to move output fails, as on a full disk. */
    private Path obstructLog(ContainerId id) throws IOException {
        return Files.createDirectories(place(id).resolve("position"));
    }

    @Test
    void aDiskThatTakesNoOutputKeepsNoContainerFromBeingKilledNorItsEndFromBeingSeen() throws IOException {
        ContainerId killed = id("a", "killed", 0);
        ContainerId ending = id("a", "ending", 0);
        obstructLog(killed);
        Path obstacle = obstructLog(ending);
        runtime.start(lasting(killed));
        runtime.start(spec(ending, List.of("sh", "-c", "echo last words; exit 3")));
        assertThat(awaitExit(ending).code()).isEqualTo(3);
        runtime.kill(killed);
        assertThat(awaitExit(killed).code()).isEqualTo(137);
        assertThat(output(ending)).isEmpty();
        Files.delete(obstacle);
        await(() -> output(ending).equals("last words\n"));
    }

    @Test
    void anAgentComesBackOnADiskThatTakesNoOutput() throws Exception {
        ContainerId id = id("a", "main", 0);
        obstructLog(id);
        runtime.start(lasting(id));
        runtime.close();
        runtime = open();
        assertThat(state(id).running()).isTrue();
        runtime.kill(id);
        assertThat(awaitExit(id).code()).isEqualTo(137);
    }

    @Test
    void aNoteThatIsEmptyAfterAPowerLossIsSetAsideAndTheAgentStarts() throws Exception {
        ContainerId garbled = id("a", "garbled", 0);
        ContainerId sound = id("a", "sound", 0);
        runtime.start(lasting(garbled));
        runtime.start(lasting(sound));
        await(() -> run(garbled, "true") == 0);
        runtime.close();
        Files.write(place(garbled).resolve("note.json"), new byte[0]);
        runtime = open();
        assertThat(runtime.containers()).extracting(ContainerState::id).containsExactly(sound);
        assertThat(state(sound).running()).isTrue();
        await(() -> leftovers(garbled).isEmpty());
        assertThat(directory.resolve("unreadable/a.garbled.0/capture.stdout")).exists();
        assertThat(runtime.start(lasting(garbled)).running()).as("its place is free again").isTrue();
    }

    @Test
    void aPodThatIsGarbledAfterAPowerLossIsSetAsideAndTheAgentStarts() throws Exception {
        ContainerId garbled = id("a", "main", 0);
        ContainerId sound = id("b", "main", 0);
        runtime.start(lasting(garbled));
        runtime.start(lasting(sound));
        await(() -> run(garbled, "true") == 0);
        runtime.close();
        Path pods = directory.resolve("pods");
        Files.writeString(pods.resolve("a/pod.json"), "{}");
        Files.createDirectories(pods.resolve("never-written"));
        runtime = open();
        assertThat(runtime.pods()).extracting(each -> each.uid()).containsExactly("b");
        assertThat(runtime.containers()).extracting(ContainerState::id).containsExactly(sound);
        await(() -> leftovers(garbled).isEmpty());
        assertThat(directory.resolve("unreadable/a/pod.json")).exists();
        assertThat(pods.resolve("never-written")).doesNotExist();
        assertThat(runtime.start(lasting(id("a", "main", 0))).running()).as("its place is free again").isTrue();
    }

    @Test
    void aFaultInAListenerKeepsNoOtherEndFromBeingSeen() {
        runtime.onChange(uid -> {
            throw new IllegalStateException("a fault");
        });
        ContainerId first = id("a", "main", 0);
        runtime.start(ending(first, 1));
        assertThat(awaitExit(first).code()).isEqualTo(1);
        ContainerId second = id("a", "main", 1);
        runtime.start(ending(second, 2));
        assertThat(awaitExit(second).code()).isEqualTo(2);
    }

    @Test
    void execRunsInTheContainersSurroundings() throws Exception {
        ContainerId id = id("a", "main", 0);
        runtime.start(lasting(id));
        await(() -> run(id, "true") == 0);
        try (ExecSession session = exec(id, new ExecSpec(List.of("sh", "-c", "cat; echo $GREETING >&2; exit 9"), true,
                false))) {
            session.stdin().write("typed".getBytes(StandardCharsets.UTF_8));
            session.stdin().close();
            assertThat(new String(session.stdout().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("typed");
            assertThat(new String(session.stderr().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("hello\n");
            assertThat(session.await()).isEqualTo(9);
        }
    }

    @Test
    void execWaitsForAContainerThatIsBeingLaunched() {
        ContainerId id = id("a", "main", 0);
        runtime.start(lasting(id));
        assertThat(run(id, "true")).isZero();
    }

    @Test
    void execWithATerminalHasOne() throws Exception {
        ContainerId id = id("a", "main", 0);
        runtime.start(lasting(id));
        await(() -> run(id, "true") == 0);
        try (ExecSession session = exec(id,
                new ExecSpec(List.of("sh", "-c", "test -t 0 && test -t 1 && echo 'yes it is'"),
                        true, true))) {
            assertThat(new String(session.stdout().readAllBytes(), StandardCharsets.UTF_8)).contains("yes it is\r\n");
            assertThat(session.await()).isZero();
        }
    }

    @Test
    void aShellOnATerminalEndsWithTheCodeThatItWasTold() throws Exception {
        ContainerId id = id("a", "main", 0);
        runtime.start(lasting(id));
        try (ExecSession session = exec(id, new ExecSpec(List.of("sh", "-i"), true, true))) {
            session.resize(101, 33);
            session.stdin().write("sleep 0.5; stty size; exit 4\n".getBytes(StandardCharsets.UTF_8));
            session.stdin().flush();
            assertThat(new String(session.stdout().readAllBytes(), StandardCharsets.UTF_8)).contains("33 101")
                    .doesNotContain("Cannot set tty process group");
            assertThat(session.await()).isEqualTo(4);
        }
    }

    @Test
    void aClosedExecSessionEndsItsProcesses() throws Exception {
        ContainerId id = id("a", "main", 0);
        runtime.start(lasting(id));
        await(() -> run(id, "true") == 0);
        ExecSession session = exec(id, new ExecSpec(List.of("sleep", "500"), false, false));
        await(() -> leftovers(id).stream().anyMatch(process -> command(process).equals("sleep\000500\000")));
        session.close();
        session.await();
        await(() -> leftovers(id).stream().noneMatch(process -> command(process).endsWith("sleep\000500\000")));
    }

    /** Each word ended by a zero; empty for a process that is over. */
    private static String command(long process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process), "cmdline"));
        } catch (IOException over) {
            return "";
        }
    }

    ExecSession exec(ContainerId id, ExecSpec spec) {
        return runtime.exec(id, spec).orElseThrow();
    }

    int run(ContainerId id, String... command) {
        var session = runtime.exec(id, new ExecSpec(List.of(command), false, false));
        if (session.isEmpty()) {
            return -1;
        }
        try (ExecSession running = session.get()) {
            return running.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
