package dev.xebec.model.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.status.RejectedException;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MergePatchProperties {

    @Provide
    Arbitrary<ObjectNode> objects() {
        return object(3);
    }

    private static Arbitrary<ObjectNode> object(int depth) {
        Arbitrary<JsonNode> leaf = Arbitraries.oneOf(
                Arbitraries.longs().map(value -> (JsonNode) JsonNodeFactory.instance.numberNode(value)),
                Arbitraries.strings().alpha().ofMaxLength(3).map(JsonNodeFactory.instance::textNode),
                Arbitraries.of(true, false).map(JsonNodeFactory.instance::booleanNode),
                Arbitraries.integers().between(0, 3).list().ofMaxSize(3).map(list -> {
                    var array = JsonNodeFactory.instance.arrayNode();
                    list.forEach(array::add);
                    return array;
                }));
        Arbitrary<JsonNode> value = depth == 0 ? leaf : Arbitraries.oneOf(leaf, object(depth - 1).map(one -> one));
        return Arbitraries.maps(Arbitraries.of("a", "b", "c", "d"), value).ofMaxSize(4).map(fields -> {
            ObjectNode object = Json.object();
            object.setAll(fields);
            return object;
        });
    }

    /** The merge patch that leads from one object to another. */
    private static ObjectNode diff(ObjectNode from, ObjectNode to) {
        ObjectNode patch = Json.object();
        for (Map.Entry<String, JsonNode> field : from.properties()) {
            JsonNode after = to.get(field.getKey());
            if (after == null) {
                patch.putNull(field.getKey());
            } else if (field.getValue() instanceof ObjectNode one && after instanceof ObjectNode other) {
                patch.set(field.getKey(), diff(one, other));
            } else if (!after.equals(field.getValue())) {
                patch.set(field.getKey(), after);
            }
        }
        to.properties().forEach(field -> {
            if (!from.has(field.getKey())) {
                patch.set(field.getKey(), field.getValue());
            }
        });
        return patch;
    }

    @Property
    void theDiffLeadsFromOneObjectToTheOther(@ForAll("objects") ObjectNode from, @ForAll("objects") ObjectNode to) {
        assertThat(Patches.merge(from, diff(from, to))).isEqualTo(to);
    }

    @Property
    void mergingTwiceIsMergingOnceAndLeavesTheInputsAlone(@ForAll("objects") ObjectNode object,
            @ForAll("objects") ObjectNode other) {
        ObjectNode patch = diff(other, object);
        ObjectNode before = object.deepCopy();
        ObjectNode patchBefore = patch.deepCopy();
        ObjectNode once = Patches.merge(other, patch);
        assertThat(Patches.merge(once, patch)).isEqualTo(once);
        once.put("a", "changed");
        assertThat(object).isEqualTo(before);
        assertThat(patch).isEqualTo(patchBefore);
    }

    @Property
    void anEmptyPatchChangesNothing(@ForAll("objects") ObjectNode object) {
        assertThat(Patches.merge(object, Json.object())).isEqualTo(object).isNotSameAs(object);
    }

    @Property
    void withoutASchemaStrategicIsMerge(@ForAll("objects") ObjectNode from, @ForAll("objects") ObjectNode to) {
        Schema.Struct nothingKnown = new Schema.Struct("test.Nothing", Map::of, false);
        ObjectNode patch = diff(from, to);
        assertThat(Patches.strategic(nothingKnown, from, patch)).isEqualTo(Patches.merge(from, patch));
    }

    @Example
    void dropsNullsOfWhatIsNewAndRefusesWhatIsNoObject() {
        ObjectNode patch = Json.object();
        patch.putObject("a").putNull("b").put("c", 1);
        assertThat(Patches.merge(Json.object(), patch)).hasToString("{\"a\":{\"c\":1}}");
        assertThatThrownBy(() -> Patches.merge(Json.object(), Json.MAPPER.createArrayNode()))
                .isInstanceOf(RejectedException.class);
    }
}
