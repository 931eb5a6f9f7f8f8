package dev.xebec.model.facts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.yaml.YamlDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The least of each kind, from {@code minimal.yaml}. */
public final class MinimalObjects {

    private MinimalObjects() {}

    public static List<ObjectNode> all() {
        try (InputStream file = Objects.requireNonNull(MinimalObjects.class.getResourceAsStream("minimal.yaml"))) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("\n---\n"))
                    .map(document -> YamlDecoder.decode(document.getBytes(StandardCharsets.UTF_8))).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public static Kind kindOf(ObjectNode object) {
        return KindRegistry.builtIn().byKind(GroupVersion.parse(object.path("apiVersion").asText())
                .kind(object.path("kind").asText())).orElseThrow();
    }

    /** A kind's object with changes laid over it. @param kind {@code Kind}, or {@code group/version/Kind} */
    public static ObjectNode patched(String kind, ObjectNode patch) {
        ObjectNode minimal = all().stream()
                .filter(object -> Arrays.asList(object.path("kind").asText(),
                        object.path("apiVersion").asText() + "/" + object.path("kind").asText()).contains(kind))
                .findFirst().orElseThrow();
        return merge(minimal, patch);
    }

    private static ObjectNode merge(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isNull()) {
                target.remove(field.getKey());
            } else if (value instanceof ObjectNode inner && target.get(field.getKey()) instanceof ObjectNode below) {
                merge(below, inner);
            } else {
                target.set(field.getKey(), value);
            }
        });
        return target;
    }
}
