package dev.xebec.server.supervisor;

import dev.xebec.server.cli.Main;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that runs this build again in another process, with the flags that {@code ./xebec} chose. */
public final class JavaCommand {
    private JavaCommand() {
    }

    /** @param systemProperties {@code name=value} */
    public static List<String> of(List<String> systemProperties, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String variable : List.of("XEBEC_JVM_FLAGS", "XEBEC_JAVA_OPTS")) {
            String flags = System.getenv(variable);
            if (flags != null && !flags.isBlank()) {
                command.addAll(List.of(flags.strip().split("\\s+")));
            }
        }
        systemProperties.forEach(property -> command.add("-D" + property));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Main.class.getName());
        command.addAll(arguments);
        return command;
    }
}
