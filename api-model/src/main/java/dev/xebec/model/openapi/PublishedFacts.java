package dev.xebec.model.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.model.schema.Schema.Field;
import dev.xebec.model.schema.Schema.Scalar;
import dev.xebec.model.schema.Schema.Struct;
import dev.xebec.model.structure.StandingFields;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What Kubernetes' documents say of a field beside its type: not all that the server holds it to, and some things that it does
 * not. Which, says {@code published.facts}.
 */
final class PublishedFacts {
    private static final String FILE = "published.facts";
    private static final String DEFAULT = "default=";
    private static final String ENUM = "enum=";
    private static final String EXTENSION = "x-";
    /** By type and field. */
    private static final Map<String, List<String>> FACTS = read();

    private PublishedFacts() {}

    /** Puts them into the field's schema. */
    static void put(Struct struct, Field field, ObjectNode property) {
        List<String> facts = FACTS.getOrDefault(struct.typeName() + " " + field.jsonName(), List.of());
        JsonNode zero = StandingFields.of(struct).zero(field.jsonName());
        if (zero != null && !facts.contains("-default") && (zero.isObject() || publishesZero(field, zero))) {
            property.set("default", zero);
        }
        if (!field.enumeration().isEmpty() && !facts.contains("-enum")) {
            field.enumeration().stream().sorted().forEach(property.putArray("enum")::add);
        }
        if (facts.contains("-list-type") || struct.typeName().endsWith("List") && field.jsonName().equals("items")) {
            property.remove("x-kubernetes-list-type");
        }
        for (String fact : facts) {
            if (fact.startsWith(DEFAULT)) {
                property.set("default", Json.parse(fact.substring(DEFAULT.length()).getBytes(StandardCharsets.UTF_8)));
            } else if (fact.startsWith(ENUM)) {
                enumeration(property, fact.substring(ENUM.length()));
            } else if (fact.startsWith(EXTENSION)) {
                extension(property, fact);
            }
        }
    }

    /** What is said of the type as a whole. */
    static void put(Struct struct, ObjectNode schema) {
        FACTS.getOrDefault(struct.typeName() + " .", List.of()).forEach(fact -> extension(schema, fact));
    }

    private static void extension(ObjectNode schema, String fact) {
        int end = fact.indexOf('=');
        schema.set(fact.substring(0, end), Json.parse(fact.substring(end + 1).getBytes(StandardCharsets.UTF_8)));
    }

    /** Of a list's or a map's values the enumeration stands with their type. */
    private static void enumeration(ObjectNode property, String values) {
        ObjectNode of = property.get("items") instanceof ObjectNode items
                ? items
                : property.get("additionalProperties") instanceof ObjectNode others ? others : property;
        ArrayNode list = of.putArray("enum");
        for (String value : values.split("\\|")) {
            list.add(value.replace('~', ' '));
        }
    }

    private static boolean publishesZero(Field field, JsonNode zero) {
        return field.schema() instanceof Scalar scalar && switch (scalar.type()) {
            case STRING, BOOLEAN, INT32, INT64, DOUBLE -> !zero.isNull();
            case BYTES, TIME, MICRO_TIME, DURATION, QUANTITY, INT_OR_STRING, ANY -> false;
        };
    }

    private static Map<String, List<String>> read() {
        Map<String, List<String>> facts = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(PublishedFacts.class.getResourceAsStream(FILE)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isEmpty() && !line.startsWith("#")) {
                    String[] words = line.split(" ");
                    facts.put(words[0] + " " + words[1], List.of(words).subList(2, words.length));
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return Map.copyOf(facts);
    }
}
