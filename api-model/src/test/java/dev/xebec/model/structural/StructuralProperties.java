package dev.xebec.model.structural;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.custom.Definitions;
import dev.xebec.model.definition.DefinitionRules;
import dev.xebec.model.object.Json;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of schemas of custom resources, for any schema and any object. */
class StructuralProperties {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> NAMES = List.of("a", "b", "c");

    @Property(tries = 300)
    void pruningTwiceIsPruningOnce(@ForAll("schemas") ObjectNode schema, @ForAll("objects") ObjectNode object) {
        Structural structure = StructuralReader.read(schema);
        ObjectNode once = object.deepCopy();
        Pruning.prune(structure, once, true);
        ObjectNode twice = once.deepCopy();
        Pruning.prune(structure, twice, true);
        assertThat(twice).isEqualTo(once);
        assertThat(Pruning.unknown(structure, once, true)).isEmpty();
        assertThat(Pruning.unknown(structure, object, true).isEmpty()).isEqualTo(object.equals(once));
    }

    @Property(tries = 300)
    void defaultingTwiceIsDefaultingOnce(@ForAll("schemas") ObjectNode schema, @ForAll("objects") ObjectNode object) {
        Structural structure = StructuralReader.read(schema);
        ObjectNode once = object.deepCopy();
        Pruning.pruneNulls(structure, once);
        StructuralDefaults.apply(structure, once);
        ObjectNode twice = once.deepCopy();
        StructuralDefaults.apply(structure, twice);
        assertThat(twice).isEqualTo(once);
    }

    /** What a sound definition fills in, it accepts. */
    @Property(tries = 300)
    void defaultsOfSoundDefinitionsAreValid(@ForAll("schemas") ObjectNode spec) {
        ObjectNode schema = Definitions.yaml("{type: object}");
        schema.putObject("properties").set("spec", spec);
        if (!DefinitionRules.create(Definitions.ship(schema)).isEmpty()) {
            return;
        }
        Structural structure = StructuralReader.read(spec);
        ObjectNode object = Json.object();
        StructuralDefaults.apply(structure, object);
        assertThat(ValueCheck.check(structure, object, null, "").stream()
                .filter(error -> !error.message().startsWith("Required"))).isEmpty();
    }

    @Property(tries = 300)
    void nothingThatStaysAsItWasIsRefused(@ForAll("schemas") ObjectNode schema, @ForAll("objects") ObjectNode object) {
        assertThat(ValueCheck.check(StructuralReader.read(schema), object, object.deepCopy(), "")).isEmpty();
    }

    @Provide
    Arbitrary<ObjectNode> objects() {
        return values(3).filter(ObjectNode.class::isInstance).map(ObjectNode.class::cast);
    }

    private static Arbitrary<JsonNode> values(int depth) {
        Arbitrary<JsonNode> leaves = Arbitraries.of(NODES.numberNode(1), NODES.numberNode(7), NODES.textNode("x"),
                NODES.textNode("long text"), NODES.booleanNode(true), NODES.nullNode());
        if (depth == 0) {
            return leaves;
        }
        Arbitrary<JsonNode> maps = Arbitraries.maps(Arbitraries.of(NAMES), values(depth - 1)).ofMaxSize(3).map(map -> {
            ObjectNode object = NODES.objectNode();
            map.forEach(object::set);
            return object;
        });
        Arbitrary<JsonNode> lists = values(depth - 1).list().ofMaxSize(2).map(list -> {
            ArrayNode array = NODES.arrayNode();
            list.forEach(array::add);
            return array;
        });
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(2, leaves), net.jqwik.api.Tuple.of(4, maps),
                net.jqwik.api.Tuple.of(1, lists));
    }

    @Provide
    Arbitrary<ObjectNode> schemas() {
        return objectSchemas(3);
    }

    private static Arbitrary<ObjectNode> anySchema(int depth) {
        Arbitrary<ObjectNode> leaves = Combinators
                .combine(Arbitraries.of("string", "integer", "boolean"), Arbitraries.of(true, false),
                        values(0).injectNull(0.6))
                .as((type, nullable, byDefault) -> {
                    ObjectNode schema = NODES.objectNode().put("type", type);
                    if (nullable) {
                        schema.put("nullable", true);
                    }
                    if (byDefault != null) {
                        schema.set("default", byDefault);
                    }
                    return type.equals("integer") ? schema.put("maximum", 5) : schema;
                });
        return depth == 0 ? leaves : Arbitraries.oneOf(leaves, objectSchemas(depth), maps(depth), lists(depth));
    }

    private static Arbitrary<ObjectNode> objectSchemas(int depth) {
        return Combinators.combine(Arbitraries.maps(Arbitraries.of(NAMES), anySchema(depth - 1)).ofMaxSize(3),
                Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(4, Arbitraries.just(false)),
                        net.jqwik.api.Tuple.of(1, Arbitraries.just(true))),
                values(1).injectNull(0.7)).as((properties, preserve, byDefault) -> {
                    ObjectNode schema = NODES.objectNode().put("type", "object");
                    ObjectNode fields = schema.putObject("properties");
                    properties.forEach(fields::set);
                    if (preserve) {
                        schema.put("x-kubernetes-preserve-unknown-fields", true);
                    }
                    if (byDefault != null) {
                        schema.set("default", byDefault);
                    }
                    return schema;
                });
    }

    private static Arbitrary<ObjectNode> maps(int depth) {
        return anySchema(depth - 1).map(values -> {
            ObjectNode schema = NODES.objectNode().put("type", "object");
            schema.set("additionalProperties", values);
            return schema;
        });
    }

    private static Arbitrary<ObjectNode> lists(int depth) {
        return anySchema(depth - 1).map(items -> {
            ObjectNode schema = NODES.objectNode().put("type", "array");
            schema.set("items", items);
            return schema;
        });
    }
}
