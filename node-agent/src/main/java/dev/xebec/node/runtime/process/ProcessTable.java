package dev.xebec.node.runtime.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The host's processes as {@code /proc} shows them. */
final class ProcessTable {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessTable.class);
    private static final Path PROC = Path.of("/proc");
    /** Of the fields of {@code /proc/PID/stat} behind the command's name: state is 0, start time is 19. */
    private static final int START_TIME = 19;

    private ProcessTable() {}

    /** Whether this very process lives: a pid alone may be somebody else's by now. */
    static boolean alive(long pid, long startTicks) {
        String[] stat = stat(pid);
        return stat.length > START_TIME && Long.parseLong(stat[START_TIME]) == startTicks && !stat[0].equals("Z");
    }

    private static String[] stat(long pid) {
        try {
            String line = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            return line.substring(line.lastIndexOf(')') + 2).strip().split(" ");
        } catch (IOException gone) {
            return new String[0];
        }
    }

    /** Processes that carry this variable in the environment they were started with, as far as we may look. */
    static List<Long> withVariable(String assignment) throws IOException {
        List<Long> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[1-9]*")) {
            for (Path each : all) {
                if (environment(each).contains("\0" + assignment + "\0")) {
                    found.add(Long.parseLong(each.getFileName().toString()));
                }
            }
        }
        return found;
    }

    private static String environment(Path process) {
        try {
            return "\0" + Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException notOurs) {
            return "";
        }
    }

    /** SIGTERM or SIGKILL; a process that is gone or not ours takes none. */
    static void signal(long pid, boolean force) {
        ProcessHandle.of(pid).ifPresent(process -> {
            boolean sent = force ? process.destroyForcibly() : process.destroy();
            if (!sent && process.isAlive()) {
                LOG.warn("Process {} takes no signal from us", pid);
            }
        });
    }
}
