package dev.xebec.node.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.node.runtime.ContainerId;
import dev.xebec.node.runtime.ContainerSpec;
import dev.xebec.node.runtime.ContainerSpec.Mount;
import dev.xebec.node.runtime.RefusedException;
import dev.xebec.node.runtime.process.ProcessRuntimeConfig.Wish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainProcessRuntimeTest extends ProcessRuntimeContract {
    @Override
    Wish isolation() {
        return Wish.PLAIN;
    }

    private ContainerSpec mounting(ContainerId id, String target, String... command) throws IOException {
        Path volume = Files.createDirectories(directory.resolve("volume"));
        Files.writeString(volume.resolve("file"), "content\n");
        return new ContainerSpec(id, "image", List.of(command), Map.of(), "", "host",
                List.of(new Mount(volume.toString(), target, true)), ContainerSpec.Limits.NONE, Duration.ZERO, "");
    }

    @Test
    void anAbsoluteMountIsRefusedWithTheReason() throws IOException {
        ContainerSpec spec = mounting(id("a", "main", 0), "/data", "true");
        assertThat(runtime.features().mounts()).isFalse();
        assertThatThrownBy(() -> runtime.start(spec)).isInstanceOf(RefusedException.class)
                .hasMessageContaining("/data").hasMessageContaining("plain processes");
    }

    @Test
    void theTokenMountThatEveryPodHasIsLeftOut() throws IOException {
        ContainerId id = id("a", "main", 0);
        runtime.start(mounting(id, "/var/run/secrets/kubernetes.io/serviceaccount", "true"));
        assertThat(awaitExit(id).code()).isZero();
    }

    @Test
    void aRelativeMountStandsInTheWorkingDirectory() throws IOException {
        ContainerId id = id("a", "main", 0);
        runtime.start(mounting(id, "in/side", "cat", "in/side/file"));
        assertThat(awaitExit(id).code()).isZero();
        assertThat(output(id)).isEqualTo("content\n");
    }
}
