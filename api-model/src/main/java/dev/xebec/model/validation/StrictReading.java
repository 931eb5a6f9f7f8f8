package dev.xebec.model.validation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.xebec.model.object.Json;
import dev.xebec.model.schema.Schema;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON document along a schema for what is said twice in it and what the schema does not know, in the
 * document's order. What lies below an unknown field, or below one that takes any JSON, is not looked at. Source:
 * sigs.k8s.io/json, UnmarshalStrict.
 */
final class StrictReading {
    private static final JsonFactory REPEATING = Json.MAPPER.getFactory().copy()
            .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());

    private final JsonParser parser;
    private final Set<String> found = new LinkedHashSet<>();

    private StrictReading(JsonParser parser) {
        this.parser = parser;
    }

    /** Throws {@link IllegalArgumentException} where the bytes are no JSON. */
    static List<String> of(Schema schema, byte[] json) {
        try (JsonParser parser = REPEATING.createParser(json)) {
            StrictReading reading = new StrictReading(parser);
            parser.nextToken();
            reading.value(schema, "");
            return List.copyOf(reading.found);
        } catch (IOException malformed) {
            throw new IllegalArgumentException(malformed.getMessage(), malformed);
        }
    }

    private void value(@Nullable Schema schema, String path) throws IOException {
        boolean object = parser.currentToken() == JsonToken.START_OBJECT;
        if (object && schema instanceof Schema.Struct struct && !struct.fields().isEmpty()) {
            struct(struct, path);
        } else if (object && schema instanceof Schema.MapOf map) {
            map(map, path);
        } else if (parser.currentToken() == JsonToken.START_ARRAY && schema instanceof Schema.ListOf list) {
            for (int at = 0; parser.nextToken() != JsonToken.END_ARRAY; at++) {
                value(list.items(), path + "[" + at + "]");
            }
        } else {
            parser.skipChildren();
        }
    }

    private void struct(Schema.Struct struct, String path) throws IOException {
        Set<String> said = new HashSet<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            Schema.Field field = struct.field(name);
            String at = UnknownFields.child(path, name);
            if (field == null && !UnknownFields.isTypeMeta(path, name)) {
                tell("unknown", at);
            } else if (!said.add(name)) {
                tell("duplicate", at);
            }
            parser.nextToken();
            value(field == null ? null : field.schema(), at);
        }
    }

    private void map(Schema.MapOf map, String path) throws IOException {
        Set<String> said = new HashSet<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            String at = UnknownFields.child(path, name);
            if (!said.add(name)) {
                tell("duplicate", at);
            }
            parser.nextToken();
            value(map.values(), at);
        }
    }

    private void tell(String what, String path) {
        if (found.size() < Shape.MAX_REPORTED) {
            found.add(what + " field \"" + path + "\"");
        }
    }
}
