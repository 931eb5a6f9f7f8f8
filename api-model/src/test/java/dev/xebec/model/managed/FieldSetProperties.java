package dev.xebec.model.managed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.xebec.model.object.Json;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The laws of field sets, and of their JSON form. */
class FieldSetProperties {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @Provide
    Arbitrary<FieldSet> sets() {
        Arbitrary<PathElement> fields = Arbitraries.of("a", "b", "", "name.x/y", "é😀").map(PathElement::field);
        Arbitrary<PathElement> values = Arbitraries.oneOf(
                Arbitraries.of("x", "\"<&>\n", "\u2028").map(text -> PathElement.value(NODES.textNode(text))),
                Arbitraries.of(1, -2, 3_000_000).map(number -> PathElement.value(NODES.numberNode(number))),
                Arbitraries.of(0.5, 1e30).map(number -> PathElement.value(NODES.numberNode(number))),
                Arbitraries.of(true, false).map(flag -> PathElement.value(NODES.booleanNode(flag))));
        Arbitrary<PathElement> keys = Combinators
                .combine(Arbitraries.of("x", "y"), Arbitraries.integers().between(0, 2))
                .as((name, port) -> new PathElement.Key(List.of(
                        new PathElement.Part("name", NODES.textNode(name)),
                        new PathElement.Part("port", Values.canonical(NODES.numberNode(port))))));
        Arbitrary<PathElement> places = Arbitraries.integers().between(0, 3).map(PathElement.Index::new);
        Arbitrary<FieldPath> paths = Arbitraries.oneOf(fields, values, keys, places).list().ofMinSize(1).ofMaxSize(4)
                .map(FieldPath::new);
        return paths.list().ofMaxSize(8).map(list -> FieldSet.of(list.toArray(new FieldPath[0])));
    }

    @Property(tries = 500)
    void whatIsEncodedIsDecoded(@ForAll("sets") FieldSet set) {
        assertThat(FieldsV1.decode(Json.parse(Json.bytes(FieldsV1.encode(set))))).isEqualTo(set);
    }

    @Property(tries = 300)
    void unionAndIntersectionCommute(@ForAll("sets") FieldSet one, @ForAll("sets") FieldSet two) {
        assertThat(one.union(two)).isEqualTo(two.union(one));
        assertThat(one.intersection(two)).isEqualTo(two.intersection(one));
        assertThat(one.union(one)).isEqualTo(one);
        assertThat(one.intersection(one)).isEqualTo(one);
    }

    @Property(tries = 300)
    void differencePartsASet(@ForAll("sets") FieldSet one, @ForAll("sets") FieldSet two) {
        FieldSet left = one.difference(two);
        assertThat(left.intersection(two).isEmpty()).isTrue();
        assertThat(left.union(one.intersection(two))).isEqualTo(one);
        assertThat(one.size() + two.size()).isEqualTo(one.union(two).size() + one.intersection(two).size());
    }

    @Property(tries = 300)
    void recursiveDifferenceLeavesNoMemberAndNothingBelowOne(@ForAll("sets") FieldSet one,
            @ForAll("sets") FieldSet two) {
        FieldSet left = one.recursiveDifference(two);
        assertThat(left.difference(one).isEmpty()).isTrue();
        two.forEach(path -> left.forEach(other -> assertThat(other.elements().size() >= path.elements().size()
                && other.elements().subList(0, path.elements().size()).equals(path.elements())).isFalse()));
    }

    @Property(tries = 300)
    void theJsonFormIsAskedLikeTheSet(@ForAll("sets") FieldSet one, @ForAll("sets") FieldSet two) {
        var json = FieldsV1.encode(one);
        assertThat(FieldsV1.touches(json, two)).isEqualTo(!one.intersection(two).isEmpty());
        assertThat(FieldsV1.contains(json, two)).isEqualTo(two.difference(one).isEmpty());
    }

    @Property(tries = 300)
    void leavesHaveNothingBelowThem(@ForAll("sets") FieldSet set) {
        FieldSet leaves = set.leaves();
        assertThat(leaves.leaves()).isEqualTo(leaves);
        assertThat(leaves.difference(set).isEmpty()).isTrue();
    }
}
