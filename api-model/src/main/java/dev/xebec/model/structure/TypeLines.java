package dev.xebec.model.structure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A resource that says something of types: on each line a type's name, and words about it. */
public final class TypeLines {

    private TypeLines() {}

    /** The words by type, in their order. @param beside the class in whose package the resource is */
    public static Map<String, List<String>> of(Class<?> beside, String file) {
        Map<String, List<String>> types = new HashMap<>();
        try (InputStream in = beside.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("no " + file);
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    List<String> words = List.of(line.trim().split(" +"));
                    types.put(words.getFirst(), words.subList(1, words.size()));
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return Map.copyOf(types);
    }
}
