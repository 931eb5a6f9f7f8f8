package dev.xebec.system.peer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request of a case file: {@code METHOD PATH BODY} in a line, the body as YAML in flow style or left out. A line {@code
 * type MEDIA-TYPE} says what the bodies below it are, {@code accept MEDIA-TYPE} what is asked for, {@code #} is a comment. Requests
 * run in their order; what changes nothing says {@code dryRun=All}.
 */
record PeerCase(String file, int line, String method, String path, String contentType, String accept,
        @Nullable String body) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();

    static List<PeerCase> read(String file) {
        try (InputStream in = PeerCase.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("no " + file);
            }
            String type = "application/json";
            String accept = "application/json";
            List<PeerCase> cases = new ArrayList<>();
            int line = 0;
            for (String text : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                line++;
                String[] words = text.strip().split(" ", 3);
                switch (words[0]) {
                    case "type" -> type = words[1];
                    case "accept" -> accept = words[1];
                    case "", "#" -> {
                        // Nothing is asked.
                    }
                    default -> cases.add(new PeerCase(file, line, words[0], words[1], type, accept,
                            words.length < 3 ? null : JSON.writeValueAsString(YAML.readTree(words[2]))));
                }
            }
            return cases;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public String toString() {
        return file + ":" + line + " " + method + " " + path;
    }
}
