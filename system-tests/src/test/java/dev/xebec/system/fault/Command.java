package dev.xebec.system.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Commands of the operating system that are run to their end. */
final class Command {
    private Command() {}

    private record Outcome(int code, String said) {}

    /** What it said; {@link IllegalStateException} with all that it said when it fails. */
    static String run(List<String> words) {
        try {
            Outcome outcome = outcome(words);
            if (outcome.code() != 0) {
                throw new IllegalStateException(
                        String.join(" ", words) + " ended with " + outcome.code() + ": " + outcome.said());
            }
            return outcome.said();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    static String run(String... words) {
        return run(List.of(words));
    }

    /** Whether it is there and succeeds. */
    static boolean works(List<String> words) {
        try {
            return outcome(words).code() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    private static Outcome outcome(List<String> words) throws IOException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Outcome(process.waitFor(), said);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in " + words, stopped);
        }
    }

    static List<String> join(List<String> first, List<String> then) {
        List<String> all = new ArrayList<>(first);
        all.addAll(then);
        return all;
    }
}
