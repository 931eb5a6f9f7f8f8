package dev.xebec.node.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherScriptsTest {
    @TempDir
    Path directory;

    /**
     * The script runs in a shell that drops SIGTERM as the kernel does for a first process without a handler, gets one
     * right after it has said whom to signal, and is ended with 77 before it would mount anything.
     */
    @Test
    void aTermSignalAtOnceAfterTheMainProcessIsKnownIsNotDropped() throws IOException, InterruptedException {
        Path isolate = LauncherScripts.install(directory.resolve("launcher")).resolveSibling("isolate.sh");
        String harness = "trap '' TERM; mkdir() { exit 77; }; "
                + "printf() { command printf \"$@\"; kill -TERM $$; }; . \"$0\"";
        Process process = new ProcessBuilder("sh", "-c", harness, isolate.toString(), "root", directory.toString(),
                "/usr/bin:/bin", "/", "true").redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isEqualTo(143);
        assertThat(directory.resolve("main")).content().matches("[0-9]+\n");
    }
}
