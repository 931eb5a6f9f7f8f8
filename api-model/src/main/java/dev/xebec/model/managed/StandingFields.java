package dev.xebec.model.managed;

import dev.xebec.model.schema.Schema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The fields of built-in types that are parts of their structure and so always there; read from {@code standing.fields}. */
final class StandingFields {
    private static final String FILE = "standing.fields";
    private static final String EVERY_OBJECT = "*";
    private static final Map<String, Set<String>> BY_TYPE = read();
    /** By type name; bounded by the number of described types. */
    private static final Map<String, List<String>> COUNTING = new ConcurrentHashMap<>();

    private StandingFields() {}

    static Set<String> of(Schema.Struct struct) {
        Set<String> own = BY_TYPE.get(struct.typeName());
        return own != null ? own : isObject(struct) ? BY_TYPE.getOrDefault(EVERY_OBJECT, Set.of()) : Set.of();
    }

    /** The declared fields that count though they are left out: the standing ones and the required ones. */
    static List<String> counting(Schema.Struct struct) {
        List<String> known = COUNTING.get(struct.typeName());
        if (known == null) {
            Set<String> standing = of(struct);
            known = struct.fields().values().stream()
                    .filter(field -> field.required() || standing.contains(field.jsonName()))
                    .map(Schema.Field::jsonName).toList();
            COUNTING.put(struct.typeName(), known);
        }
        return known;
    }

    private static boolean isObject(Schema.Struct struct) {
        return struct.field("metadata") != null && struct.field("kind") != null;
    }

    private static Map<String, Set<String>> read() {
        Map<String, Set<String>> types = new HashMap<>();
        try (InputStream in = StandingFields.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("no " + FILE);
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] words = line.trim().split(" +");
                    types.put(words[0], Set.of(java.util.Arrays.copyOfRange(words, 1, words.length)));
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return Map.copyOf(types);
    }
}
