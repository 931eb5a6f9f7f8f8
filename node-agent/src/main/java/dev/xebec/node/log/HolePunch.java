package dev.xebec.node.log;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a part of a file back to the disk without moving the rest: {@code fallocate --punch-hole} of util-linux, since
 * Java has no call for it. Where the tool or the file system cannot, captures keep their size until the container is over.
 */
public final class HolePunch {
    private static final Logger LOG = LoggerFactory.getLogger(HolePunch.class);
    private static final long PATIENCE_SECONDS = 10;

    private volatile boolean able = true;

    void punch(Path file, long offset, long bytes) throws IOException {
        if (!able || bytes <= 0) {
            return;
        }
        try {
            Process tool = new ProcessBuilder(List.of("fallocate", "--punch-hole", "--offset", Long.toString(offset),
                    "--length", Long.toString(bytes), file.toString()))
                    .redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD).start();
            if (!tool.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                tool.destroyForcibly();
                giveUp("it did not answer");
            } else if (tool.exitValue() != 0) {
                giveUp("it answered " + tool.exitValue());
            }
        } catch (IOException missing) {
            giveUp(missing.toString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void giveUp(String why) {
        able = false;
        LOG.warn("fallocate cannot punch holes here ({}): captured output keeps its disk space until containers end",
                why);
    }
}
