package dev.xebec.gateway.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Values that a schema of an OpenAPI document allows, or nearly: each place may hold something else instead. */
final class StrangeValues {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MAX_DEPTH = 9;
    private static final List<String> TEXTS = List.of("", "a", "web", "app.example.com/name", "10", "-1", "1.5Gi",
            "25%",
            "100m", "2026-01-01T00:00:00Z", "not a time", "../../etc/passwd", "a/b", "A_B", "Always", "ClusterIP",
            "TCP",
            "10.0.0.1", "::1", "999.1.1.1", "[\u0000]", "\ud83d\udea2 ship", "x".repeat(300), "%s%n", "{{.}}", "null",
            "9223372036854775808", "1e400", "\u202e", "self.a.b", "*/5 * * * *", "e30=", "==", "a=b,c!=d");
    private static final List<String> NUMBERS = List.of("0", "1", "-1", "3", "65536", "2147483648",
            "9223372036854775807", "-9223372036854775808", "1.5", "1e3", "1e-9", "18446744073709551616", "1e99");

    private final Random random;
    private final JsonNode schemas;
    /** Of a hundred places, how many hold something else than they may. */
    private final int strangeness;

    StrangeValues(Random random, JsonNode schemas, int strangeness) {
        this.random = random;
        this.schemas = schemas;
        this.strangeness = strangeness;
    }

    JsonNode of(JsonNode schema) {
        return of(schema, 0);
    }

    private JsonNode of(JsonNode schema, int depth) {
        if (random.nextInt(100) < strangeness) {
            return anything(2);
        }
        JsonNode known = resolved(schema);
        if (known.has("enum") && random.nextInt(8) != 0) {
            return known.path("enum").get(random.nextInt(known.path("enum").size()));
        }
        return switch (known.path("type").asText("")) {
            case "object" -> object(known, depth);
            case "array" -> array(known, depth);
            case "integer", "number" -> number();
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            case "string" -> text();
            default -> anything(2);
        };
    }

    private JsonNode resolved(JsonNode schema) {
        JsonNode at = schema;
        while (at.has("$ref") || at.has("allOf")) {
            String reference = at.has("$ref")
                    ? at.path("$ref").asText()
                    : at.path("allOf").path(0).path("$ref").asText();
            at = schemas.path(reference.substring(reference.lastIndexOf('/') + 1));
        }
        return at;
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = Json.object();
        if (schema.has("additionalProperties")) {
            for (int count = random.nextInt(3); count > 0; count--) {
                object.set(text().asText(), of(schema.path("additionalProperties"), depth + 1));
            }
        }
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            boolean wanted = required.contains(property.getKey())
                    ? random.nextInt(20) != 0
                    : depth < MAX_DEPTH && random.nextInt(depth + 3) == 0;
            if (wanted && depth < MAX_DEPTH + 3) {
                object.set(property.getKey(), of(property.getValue(), depth + 1));
            }
        }
        if (random.nextInt(30) == 0) {
            object.set(text().asText(), anything(1));
        }
        return object;
    }

    private ArrayNode array(JsonNode schema, int depth) {
        ArrayNode array = NODES.arrayNode();
        for (int count = random.nextInt(3); count > 0; count--) {
            JsonNode element = of(schema.path("items"), depth + 1);
            array.add(element);
            if (random.nextInt(10) == 0) {
                array.add(element.deepCopy());
            }
        }
        return array;
    }

    /** Any JSON, nested at most so deep. */
    JsonNode anything(int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> number();
            case 3, 4, 5 -> text();
            case 6 -> NODES.arrayNode().add(anything(depth - 1));
            default -> Json.object().set(text().asText(), anything(depth - 1));
        };
    }

    private JsonNode number() {
        return Json
                .parse(NUMBERS.get(random.nextInt(NUMBERS.size())).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    JsonNode text() {
        return NODES.textNode(TEXTS.get(random.nextInt(TEXTS.size())));
    }
}
