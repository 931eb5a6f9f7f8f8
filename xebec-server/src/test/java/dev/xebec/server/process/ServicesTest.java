package dev.xebec.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.server.layout.DataDirectory;
import dev.xebec.server.plan.ClusterPlan;
import dev.xebec.server.plan.ClusterShape;
import dev.xebec.server.plan.KafkaShape;
import dev.xebec.server.plan.ProcessConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServicesTest {
    @TempDir
    private Path folder;

    @Test
    void theAdministratorsKubeconfigIsHiddenFromPods() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(folder.resolve("real")));
        DataDirectory data = new DataDirectory(link);
        data.prepare();
        assertThat(Services.masked(config(data))).contains(folder.toRealPath().resolve("real"));
    }

    @Test
    void foldersAroundPodsThatLieElsewhereAreNotHidden() throws Exception {
        DataDirectory data = new DataDirectory(folder);
        Files.createDirectories(data.pki());
        assertThat(Services.masked(config(data))).containsExactly(data.pki().toRealPath());
    }

    private static ProcessConfig config(DataDirectory data) {
        return ClusterPlan.of(new ClusterShape(1, 1, "process", "raft", 6443, KafkaShape.STANDARD), data,
                Optional.empty(), () -> 1, port -> true)
                .processes().get(0);
    }
}
