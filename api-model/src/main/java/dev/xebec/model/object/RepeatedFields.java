package dev.xebec.model.object;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/**
 * Reads JSON in which a field may stand twice: the last one counts, and which ones were repeated is told. Source:
 * sigs.k8s.io/json, UnmarshalStrict.
 */
public final class RepeatedFields {
    /** Findings that are told of one document. */
    private static final int MAX_TOLD = 100;
    private static final JsonMapper LENIENT = JsonMapper.builder(Json.MAPPER.getFactory().copy())
            .disable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private final JsonParser parser;
    private final List<String> told;

    private RepeatedFields(JsonParser parser, List<String> told) {
        this.parser = parser;
        this.told = told;
    }

    /**
     * Throws {@link IllegalArgumentException} where the bytes are not one JSON document.
     *
     * @param told gets {@code duplicate field "spec.replicas"} for each field that is repeated, in the document's order
     */
    public static JsonNode parse(byte[] json, List<String> told) {
        try {
            return Json.parse(json);
        } catch (IllegalArgumentException malformedOrRepeated) {
            return leniently(json, told);
        }
    }

    private static JsonNode leniently(byte[] json, List<String> told) {
        try (JsonParser parser = LENIENT.createParser(json)) {
            if (parser.nextToken() == null) {
                throw new IllegalArgumentException("empty document");
            }
            JsonNode tree = new RepeatedFields(parser, told).value("");
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("something follows the document");
            }
            return tree;
        } catch (IOException malformed) {
            throw new IllegalArgumentException(malformed.getMessage(), malformed);
        }
    }

    private JsonNode value(String path) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                String below = path.isEmpty() ? name : path + "." + name;
                parser.nextToken();
                if (object.has(name) && told.size() < MAX_TOLD) {
                    told.add("duplicate field \"" + below + "\"");
                }
                object.set(name, value(below));
            }
            return object;
        }
        if (token == JsonToken.START_ARRAY) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                array.add(value(path + "[" + array.size() + "]"));
            }
            return array;
        }
        return LENIENT.readTree(parser);
    }
}
