package dev.xebec.node.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.xebec.node.runtime.ContainerId;
import dev.xebec.node.runtime.ContainerSpec;
import dev.xebec.node.runtime.ContainerSpec.Limits;
import dev.xebec.node.runtime.ContainerSpec.Mount;
import dev.xebec.node.runtime.process.ProcessRuntimeConfig.Wish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs where the kernel lets; what holds elsewhere is {@link PlainProcessRuntimeTest}'s. */
class IsolatedProcessRuntimeTest extends ProcessRuntimeContract {
    @Override
    Wish isolation() {
        return Wish.AUTO;
    }

    @TempDir
    Path elsewhere;

    @Override
    List<Path> masked() {
        return List.of(elsewhere.resolve("link/keys"));
    }

    @BeforeEach
    void needsNamespaces() {
        assumeThat(runtime.features().mounts()).as(runtime.features().whyNoMounts()).isTrue();
    }

    private ContainerSpec mounting(ContainerId id, List<Mount> mounts, String script) {
        return new ContainerSpec(id, "image", List.of("sh", "-c", script), Map.of(), "", "host-of-pod", mounts,
                Limits.NONE, Duration.ZERO, "/dev/termination-log");
    }

    @Test
    void volumesStandAtTheirPath() throws IOException {
        Path volume = Files.createDirectories(directory.resolve("volume"));
        Path file = Files.writeString(directory.resolve("one"), "one\n");
        ContainerId id = id("a", "main", 0);
        runtime.start(mounting(id, List.of(new Mount(volume.toString(), "/srv/deep/data", false),
                new Mount(file.toString(), "/etc/one.conf", true)),
                "cat /etc/one.conf; echo written > /srv/deep/data/new; echo no > /etc/one.conf && exit 1; exit 0"));
        assertThat(awaitExit(id).code()).isZero();
        assertThat(output(id)).startsWith("one\n");
        assertThat(volume.resolve("new")).hasContent("written");
        assertThat(file).hasContent("one");
    }

    @Test
    void nothingOfTheHostIsChanged() {
        ContainerId id = id("a", "main", 0);
        String name = "xebec-was-here-" + id.podUid();
        List<Path> marks = List.of(Path.of("/", name), Path.of(System.getProperty("java.io.tmpdir"), name),
                Path.of("/dev/shm", name));
        runtime.start(mounting(id, List.of(), "for mark in " + marks.stream().map(Path::toString)
                .collect(java.util.stream.Collectors.joining(" ")) + "; do echo x > $mark || exit 1; done"));
        assertThat(awaitExit(id).code()).as(output(id)).isZero();
        assertThat(marks).noneMatch(java.nio.file.Files::exists);
    }

    @Test
    void aContainerSeesItselfOnly() throws IOException {
        ContainerId id = id("a", "main", 0);
        runtime.start(mounting(id, List.of(), "hostname; grep host-of-pod /etc/hosts; ls /proc | grep -c '^[0-9]'; "
                + "ls -A '" + directory.toRealPath() + "' | wc -l"));
        assertThat(awaitExit(id).code()).isZero();
        String[] lines = output(id).split("\n");
        assertThat(lines[0]).isEqualTo("host-of-pod");
        assertThat(lines[1]).startsWith("127.64.28.");
        assertThat(Integer.parseInt(lines[2])).isLessThan(8);
        assertThat(lines[3]).as("the node's own directory is masked").isEqualTo("0");
    }

    @Test
    void aMaskedDirectoryBehindALinkIsNotSeenAtItsRealPlace() throws IOException {
        Path keys = Files.createDirectories(elsewhere.toRealPath().resolve("real/keys"));
        Files.writeString(keys.resolve("ca.key"), "secret");
        Files.createSymbolicLink(elsewhere.resolve("link"), elsewhere.toRealPath().resolve("real"));
        ContainerId id = id("a", "main", 0);
        runtime.start(mounting(id, List.of(), "cat '" + keys + "/ca.key' 2> /dev/null; ls -A '" + keys + "' | wc -l"));
        assertThat(awaitExit(id).code()).isZero();
        assertThat(output(id)).endsWith("0\n").doesNotContain("secret");
    }

    @Test
    void theTerminationMessageIsRead() {
        ContainerId id = id("a", "main", 0);
        runtime.start(mounting(id, List.of(), "printf 'last words' > /dev/termination-log; exit 1"));
        assertThat(awaitExit(id).message()).isEqualTo("last words");
    }

    @Test
    void aContainerThatNeedsTooMuchMemoryIsKilledForIt() throws IOException {
        assumeThat(Cgroups.detect().limitsMemory()).as("memory can be limited here").isTrue();
        ContainerId id = id("a", "main", 0);
        runtime.start(new ContainerSpec(id, "image",
                List.of("sh", "-c", "x=$(head -c 200000000 /dev/zero | tr '\\0' a); echo ${#x}"), Map.of(), "", "host",
                List.of(), new Limits(20 << 20, 500), Duration.ZERO, ""));
        assertThat(awaitExit(id).reason()).isEqualTo("OOMKilled");
    }
}
