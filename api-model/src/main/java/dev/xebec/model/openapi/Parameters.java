package dev.xebec.model.openapi;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The parameters of operations: those in a path, and the sets that verbs and subresources take in the query. */
final class Parameters {
    private static final String FILE = "query.parameters";
    private static final Map<String, List<Parameter>> SETS = read();

    static final Parameter PRETTY = new Parameter("pretty", false, "string",
            "Whether the answer is indented; browsers, curl and wget need not ask.");

    private Parameters() {}

    /** A set of the file; empty for a name that has none. */
    static List<Parameter> set(String name) {
        return SETS.getOrDefault(name, List.of());
    }

    static List<Parameter> ofPath(String path, String kind) {
        List<Parameter> parameters = new ArrayList<>();
        add(parameters, path, "name", "The name of the " + kind + ".");
        add(parameters, path, "namespace", "The namespace that it is in.");
        add(parameters, path, "path", "The path behind it.");
        return parameters;
    }

    private static void add(List<Parameter> parameters, String path, String name, String description) {
        if (path.contains("{" + name + "}")) {
            parameters.add(new Parameter(name, true, "string", description));
        }
    }

    private static Map<String, List<Parameter>> read() {
        Map<String, List<Parameter>> sets = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Parameters.class.getResourceAsStream(FILE)), StandardCharsets.UTF_8))) {
            List<Parameter> set = List.of();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("  ")) {
                    String[] parts = line.strip().split(" ", 4);
                    set.add(new Parameter(parts[0], false, parts[1], parts[3]));
                } else if (!line.isEmpty() && !line.startsWith("#")) {
                    set = new ArrayList<>();
                    sets.put(line, set);
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return sets;
    }
}
