package dev.xebec.model.facts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.schema.Schema;
import java.util.List;
import java.util.Random;

/** Makes objects of a schema out of a seed: right in their types, and otherwise whatever comes. */
final class ArbitraryObjects {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> TEXTS = List.of("", "a", "A b", "example.com/x", "x.y", "10.0.0.1", "fe80::1",
            "10.0.0.0/8", "*/5 * * * *", "Always", "Never", "RollingUpdate", "In", "Exists", "NoExecute", "\u00e9\n",
            "latest", "0", "-1", "50%", "TCP", "Resource", "ExternalName", "LoadBalancer", "/", "../..", "-", "%",
            "ClusterIP", "Indexed", "Utilization", "None", "kubernetes.io/tls");
    private static final List<Long> NUMBERS = List.of(0L, 1L, -1L, 80L, 65_536L, 100_001L, (long) Integer.MAX_VALUE,
            (long) Integer.MIN_VALUE);
    private static final List<String> QUANTITIES = List.of("0", "1", "-1", "100m", "1Gi", "1e3", "0.5");
    private static final int MAX_DEPTH = 9;

    private final Random random;

    ArbitraryObjects(long seed) {
        this.random = new Random(seed);
    }

    JsonNode value(Schema schema, int depth) {
        return switch (schema) {
            case Schema.Struct struct -> struct(struct, depth);
            case Schema.ListOf list -> {
                ArrayNode array = JSON.arrayNode();
                for (int size = random.nextInt(3); size > 0 && depth < MAX_DEPTH; size--) {
                    array.add(value(list.items(), depth + 1));
                }
                yield array;
            }
            case Schema.MapOf map -> {
                ObjectNode object = JSON.objectNode();
                for (int size = random.nextInt(3); size > 0 && depth < MAX_DEPTH; size--) {
                    object.set(text(), value(map.values(), depth + 1));
                }
                yield object;
            }
            case Schema.Scalar scalar -> scalar(scalar.type());
            case Schema.Untyped untyped -> JSON.objectNode();
        };
    }

    private ObjectNode struct(Schema.Struct struct, int depth) {
        ObjectNode object = JSON.objectNode();
        int chance = depth < 2 ? 2 : 3;
        for (Schema.Field field : struct.fields().values()) {
            if (depth < MAX_DEPTH && random.nextInt(chance) == 0) {
                boolean named = !field.enumeration().isEmpty() && random.nextInt(4) > 0;
                object.set(field.jsonName(), named
                        ? JSON.textNode(
                                List.copyOf(field.enumeration()).get(random.nextInt(field.enumeration().size())))
                        : value(field.schema(), depth + 1));
            }
        }
        return object;
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private JsonNode scalar(Schema.Scalar.Type type) {
        return switch (type) {
            case STRING -> JSON.textNode(text());
            case BOOLEAN -> JSON.booleanNode(random.nextBoolean());
            case INT32, INT64 -> JSON.numberNode(NUMBERS.get(random.nextInt(NUMBERS.size())));
            case DOUBLE -> JSON.numberNode(random.nextDouble());
            case BYTES -> JSON.textNode(random.nextBoolean() ? "" : "aGVsbG8=");
            case TIME -> JSON.textNode("2026-01-02T03:04:05Z");
            case MICRO_TIME -> JSON.textNode("2026-01-02T03:04:05.000006Z");
            case DURATION -> JSON.textNode("1h0m0s");
            case QUANTITY -> JSON.textNode(QUANTITIES.get(random.nextInt(QUANTITIES.size())));
            case INT_OR_STRING ->
                random.nextBoolean() ? JSON.numberNode(random.nextInt(200) - 50) : JSON.textNode(text());
            case ANY -> random.nextBoolean() ? JSON.objectNode().put("a", 1) : JSON.textNode(text());
        };
    }
}
