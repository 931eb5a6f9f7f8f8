package dev.xebec.system.suite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A case file: commands and what is to be seen of each. {@code $} runs a command once, {@code ?} until it shows what is
 * expected. The indented lines after it are pieces of its output (spaces count as one, {@code …} stands for anything within a
 * line), {@code not …} a piece that must not be there, {@code exit N} its exit code where that is not 0, {@code nothing else}
 * says that the pieces are all its lines in their order. {@code #} begins a comment.
 */
final class KubectlCase {
    private KubectlCase() {}

    /** What a command showed. */
    record Seen(int exit, String output) {}

    /** One command. */
    record Step(int line, String command, boolean repeated, int exit, List<String> pieces, List<String> absent,
            boolean nothingElse) {

        /** What is not as expected; empty when all is. */
        List<String> complaints(Seen seen) {
            String output = squeezed(seen.output());
            List<String> complaints = new ArrayList<>();
            if (seen.exit() != exit) {
                complaints.add("exit code " + seen.exit() + " instead of " + exit);
            }
            pieces.stream().filter(piece -> !pattern(piece).matcher(output).find())
                    .forEach(piece -> complaints.add("missing: " + piece));
            absent.stream().filter(piece -> pattern(piece).matcher(output).find())
                    .forEach(piece -> complaints.add("there: " + piece));
            if (nothingElse && complaints.isEmpty() && !isAll(output)) {
                complaints.add("there is something else");
            }
            return complaints;
        }

        private boolean isAll(String output) {
            List<String> lines = output.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
            return lines.size() == pieces.size() && IntStream.range(0, lines.size())
                    .allMatch(at -> pattern(pieces.get(at)).matcher(lines.get(at)).matches());
        }

        private static Pattern pattern(String piece) {
            return Pattern.compile(Arrays.stream(squeezed(piece).split("…", -1)).map(Pattern::quote)
                    .collect(Collectors.joining(".*")));
        }

        /** Widths of columns depend on what else is in a table. */
        private static String squeezed(String text) {
            return text.replaceAll("[ \t]+", " ").strip();
        }
    }

    static List<Step> parse(List<String> lines) {
        List<Step> steps = new ArrayList<>();
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at);
            if (line.startsWith("$ ") || line.startsWith("? ")) {
                steps.add(step(lines, at));
            } else if (!line.isBlank() && !line.startsWith("#") && (!line.startsWith("    ") || steps.isEmpty())) {
                throw new IllegalArgumentException("line " + (at + 1) + ": " + line);
            }
        }
        return steps;
    }

    private static Step step(List<String> lines, int at) {
        int exit = 0;
        boolean nothingElse = false;
        List<String> pieces = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        for (int next = at + 1; next < lines.size() && lines.get(next).startsWith("    "); next++) {
            String expected = lines.get(next).strip();
            if (expected.matches("exit \\d+")) {
                exit = Integer.parseInt(expected.substring(5));
            } else if (expected.equals("nothing else")) {
                nothingElse = true;
            } else if (expected.startsWith("not ")) {
                absent.add(expected.substring(4));
            } else {
                pieces.add(expected);
            }
        }
        return new Step(at + 1, lines.get(at).substring(2), lines.get(at).startsWith("?"), exit, pieces, absent,
                nothingElse);
    }
}
