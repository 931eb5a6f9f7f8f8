package dev.xebec.system.role;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command line of a build. */
final class Xebec {
    /** Small: many of them share a machine. */
    private static final List<String> JVM_FLAGS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xms32m",
            "-Xmx256m", "-Xss512k", "-XX:+ExitOnOutOfMemoryError", "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED", "-Djava.net.preferIPv4Stack=true");

    private Xebec() {}

    /** What a command said and how it ended. */
    record Said(int code, String out, String err) {}

    static List<String> java(Build build) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_FLAGS);
        command.addAll(List.of("-cp", build.classPath(), "dev.xebec.server.cli.Main"));
        return command;
    }

    /** Runs a command to its end. */
    static Said run(Build build, List<String> words) throws IOException, InterruptedException {
        List<String> command = java(build);
        command.addAll(words);
        Path out = Files.createTempFile("xebec", ".out");
        Path err = Files.createTempFile("xebec", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(Map.of("XEBEC_LOG_LEVEL", "WARN"));
            int code = builder.start().waitFor();
            return new Said(code, Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
