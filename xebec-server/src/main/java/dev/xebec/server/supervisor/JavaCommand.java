package dev.xebec.server.supervisor;

import dev.xebec.server.cli.Main;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that runs this build again in another process, with the flags that {@code ./xebec} chose. */
public final class JavaCommand {
    private JavaCommand() {
    }

    /** @param jvmFlags beyond those that this process was started with, such as {@code -Dname=value} */
    public static List<String> of(List<String> jvmFlags, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(environment("XEBEC_JVM_FLAGS"));
        command.addAll(jvmFlags);
        // Last, so that what a user says wins.
        command.addAll(environment("XEBEC_JAVA_OPTS"));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Main.class.getName());
        command.addAll(arguments);
        return command;
    }

    private static List<String> environment(String variable) {
        String flags = System.getenv(variable);
        return flags == null || flags.isBlank() ? List.of() : List.of(flags.strip().split("\\s+"));
    }
}
