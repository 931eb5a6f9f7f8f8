package dev.xebec.model.managed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The laws of apply and update. */
class ApplyProperties {
    private static final List<String> NAMES = List.of("a", "b", "c", "d");

    @Provide
    Arbitrary<String> specs() {
        Arbitrary<String> text = Arbitraries.of("", "'text':'x',", "'text':'y',");
        Arbitrary<String> set = Arbitraries.of(NAMES).set().ofMaxSize(3)
                .map(names -> names.isEmpty() ? "" : "'set':['" + String.join("','", names) + "'],");
        Arbitrary<String> items = Combinators.combine(some(), Arbitraries.of("1", "2"))
                .as((names, value) -> "'items':[" + String.join(",", names.stream()
                        .map(name -> "{'name':'" + name + "','value':'" + value + "'}").toList()) + "],");
        Arbitrary<String> map = Combinators.combine(some(), Arbitraries.of("1", "2"))
                .as((names, value) -> "'map':{" + String.join(",", names.stream()
                        .map(name -> "'" + name + "':'" + value + "'").toList()) + "},");
        Arbitrary<String> any = Arbitraries.of("", "'any':{'x':1},", "'any':{'x':{'y':2}},", "'atomicList':['q'],");
        return Combinators.combine(text, set, items, map, any).as((one, two, three, four, five) -> "{" + one + two
                + three + four + five + "'flag':true}");
    }

    private static Arbitrary<Set<String>> some() {
        return Arbitraries.of(NAMES).set().ofMinSize(1).ofMaxSize(3);
    }

    @Property(tries = 300)
    void applyingTwiceIsApplyingOnce(@ForAll("specs") String before, @ForAll("specs") String spec) {
        Live live = new Live().apply("other", before).force("one", spec);
        ObjectNode once = live.object().deepCopy();
        live.apply("one", spec);
        assertThat(live.object()).isEqualTo(once);
    }

    /** Who has nothing left of a map but the map itself has all that is in it from the next write on, and no longer. */
    @Property(tries = 300)
    void whoOwnsWhatSettlesByTheSecondTime(@ForAll("specs") String before, @ForAll("specs") String spec) {
        Live live = new Live().set("editor", before).force("one", spec);
        JsonNode once = live.spec().deepCopy();
        live.apply("one", spec);
        ObjectNode twice = live.object().deepCopy();
        live.apply("one", spec);
        assertThat(live.object()).isEqualTo(twice);
        assertThat(live.spec()).isEqualTo(once);
    }

    @Property(tries = 300)
    void whatIsAppliedIsThere(@ForAll("specs") String before, @ForAll("specs") String spec) {
        Live live = new Live().apply("other", before).force("one", spec);
        FieldSet said = Fields.of(Sample.V1.schema(), Live.json("{'spec':" + spec + "}"));
        assertThat(said.difference(Fields.of(Sample.V1.schema(), live.object())).isEmpty()).isTrue();
        ObjectNode both = Merger.merge(Sample.V1.schema(), live.object(), Live.json("{'spec':" + spec + "}"));
        assertThat((JsonNode) both).isEqualTo(live.object());
    }

    @Property(tries = 300)
    void configurationsThatHaveNothingInCommonComeToTheSameInAnyOrder(@ForAll("specs") String one) {
        String two = "{'numeric':7,'ports':[{'port':1}],'part':{'a':'1'},'maps':{'k':{'l':'m'}}}";
        ObjectNode here = new Live().apply("one", one).apply("two", two).object();
        ObjectNode there = new Live().apply("two", two).apply("one", one).object();
        assertThat(Json.same(here.path("spec"), there.path("spec"))).isTrue();
    }

    @Property(tries = 300)
    void applyingNothingTakesBackWhatOneApplied(@ForAll("specs") String spec) {
        Live live = new Live().apply("one", "{'numeric':7}").apply("two", spec).apply("two", "{}");
        assertThat((JsonNode) live.spec()).isEqualTo(Live.json("{'numeric':7}"));
        assertThat(live.owned("two")).isEqualTo("{'f:spec':{}}");
    }

    @Property(tries = 300)
    void nobodyOwnsWhatIsNotThere(@ForAll("specs") String one, @ForAll("specs") String two,
            @ForAll("specs") String three) {
        Live live = new Live().set("one", one).set("two", two).set("three", three);
        FieldSet there = Comparer.compare(Sample.V1.schema(), GoView.AS_IT_IS, Json.object(), live.object()).added();
        FieldSet owned = FieldSet.EMPTY;
        for (JsonNode entry : ManagedFields.of(live.object())) {
            FieldSet set = FieldsV1.decode(entry.path("fieldsV1"));
            owned = owned.union(set);
        }
        assertThat(owned).isEqualTo(there.difference(Ownership.STRIPPED));
    }
}
