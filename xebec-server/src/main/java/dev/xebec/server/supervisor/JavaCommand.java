package dev.xebec.server.supervisor;

import dev.xebec.server.cli.Main;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The command that runs this build again in another process, with the flags that {@code ./xebec} chose. */
public final class JavaCommand {
    private JavaCommand() {}

    /** @param jvmFlags beyond those that this process was started with, such as {@code -Dname=value} */
    public static List<String> of(List<String> jvmFlags, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(words(System.getenv("XEBEC_JVM_FLAGS"), "\n"));
        command.addAll(jvmFlags);
        // Last, so that what a user says wins.
        command.addAll(words(System.getenv("XEBEC_JAVA_OPTS"), "\\s+"));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Main.class.getName());
        command.addAll(arguments);
        return command;
    }

    /** {@code ./xebec} says one flag a line, because a path may hold spaces; a person writes them side by side. */
    static List<String> words(@Nullable String flags, String separator) {
        return flags == null || flags.isBlank() ? List.of() : List.of(flags.strip().split(separator));
    }
}
