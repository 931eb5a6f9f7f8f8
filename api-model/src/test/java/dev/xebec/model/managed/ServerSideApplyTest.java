package dev.xebec.model.managed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.model.status.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerSideApplyTest {
    private final Live live = new Live();

    private void specIs(String json) {
        assertThat(live.spec()).isEqualTo(Live.json(json));
    }

    @Test
    void whatIsAppliedIsOwnedAndNothingOfTheMetadataThatEveryObjectHas() {
        live.apply("one", "{'text':'a','set':['x'],'ports':[{'port':80,'name':'web'}]}");
        assertThat(live.owned("one")).isEqualTo("{'f:spec':{'f:ports':{'k:{\\'port\\':80,\\'protocol\\':\\'TCP\\'}':"
                + "{'.':{},'f:name':{},'f:port':{}}},'f:set':{'v:\\'x\\'':{}},'f:text':{}}}");
        assertThat(live.time("one")).isEqualTo("2026-01-01T00:00:01Z");
    }

    @Test
    void whoAppliesAnEmptyMapOwnsNothingInIt() {
        live.apply("one", "{'map':{'a':'1','b':'2'}}").apply("two", "{'map':{}}").set("three",
                "{'map':{'a':'3','b':'2'}}");
        assertThat(live.owned("two")).isEqualTo("{'f:spec':{'f:map':{}}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'text':'a'}                  | {'text':'b'}                  | .spec.text
            {'numeric':1}                 | {'numeric':2}                 | .spec.numeric
            {'map':{'k':'a'}}             | {'map':{'k':'b'}}             | .spec.map.k
            {'atomicMap':{'k':'a'}}       | {'atomicMap':{'l':'a'}}       | .spec.atomicMap
            {'atomicList':['a']}          | {'atomicList':['a','b']}      | .spec.atomicList
            {'atomicPart':{'a':'a'}}      | {'atomicPart':{'b':'b'}}      | .spec.atomicPart
            {'part':{'a':'a'}}            | {'part':{'a':'b'}}            | .spec.part.a
            {'items':[{'name':'n','value':'a'}]} | {'items':[{'name':'n','value':'b'}]} | .spec.items[name="n"].value
            {'ports':[{'port':80,'name':'a'}]} | {'ports':[{'port':80,'protocol':'TCP','name':'b'}]} | .spec.ports[port=80,protocol="TCP"].name
            {'any':{'a':{'b':1}}}         | {'any':{'a':{'b':2}}}         | .spec.any.a.b
            {'any':{'a':[1]}}             | {'any':{'a':[2]}}             | .spec.any.a
            {'maps':{'k':{'l':'a'}}}      | {'maps':{'k':{'l':'b'}}}      | .spec.maps.k.l
            """)
    void anotherValueForWhatSomebodyElseAppliedIsAConflict(String first, String second, String path) {
        live.apply("one", first);
        Status status = live.refused(() -> live.apply("two", second));
        assertThat(status.code()).isEqualTo(409);
        assertThat(status.reason()).isEqualTo("Conflict");
        assertThat(status.message()).isEqualTo("Apply failed with 1 conflict: conflict with \"one\": " + path);
        assertThat(status.causes()).containsExactly(
                new Status.Cause("FieldManagerConflict", "conflict with \"one\"", path));
        live.force("two", second);
        specIs(second);
        assertThat(live.owned("two")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'text':'a'}                      | {'numeric':1}                     | {'text':'a','numeric':1}
            {'set':['a']}                     | {'set':['b']}                     | {'set':['a','b']}
            {'set':['a','b']}                 | {'set':['b','a']}                 | {'set':['b','a']}
            {'set':['a','b','c']}             | {'set':['c','x','a']}             | {'set':['b','c','x','a']}
            {'map':{'a':'1'}}                 | {'map':{'b':'2'}}                 | {'map':{'a':'1','b':'2'}}
            {'items':[{'name':'a','value':'1'}]} | {'items':[{'name':'b'}]}       | {'items':[{'name':'a','value':'1'},{'name':'b'}]}
            {'items':[{'name':'a','value':'1'}]} | {'items':[{'name':'a','set':['x']}]} | {'items':[{'name':'a','value':'1','set':['x']}]}
            {'ports':[{'port':80}]}           | {'ports':[{'port':80,'protocol':'UDP'}]} | {'ports':[{'port':80},{'port':80,'protocol':'UDP'}]}
            {'any':{'a':1}}                   | {'any':{'b':2}}                   | {'any':{'a':1,'b':2}}
            {'part':{'a':'1'}}                | {'part':{'b':'2'}}                | {'part':{'a':'1','b':'2'}}
            {'atomicList':['a']}              | {'atomicList':['a']}              | {'atomicList':['a']}
            """)
    void whatDoesNotContradictIsShared(String first, String second, String both) {
        live.apply("one", first).apply("two", second);
        specIs(both);
        assertThat(live.owned("one")).isNotEmpty();
        assertThat(live.owned("two")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'text':'a','numeric':1}          | {'numeric':1}            | {'numeric':1}
            {'set':['a','b']}                 | {'set':['b']}            | {'set':['b']}
            {'map':{'a':'1','b':'2'}}         | {'map':{'b':'2'}}        | {'map':{'b':'2'}}
            {'items':[{'name':'a','value':'1'},{'name':'b'}]} | {'items':[{'name':'b'}]} | {'items':[{'name':'b'}]}
            {'items':[{'name':'a','value':'1'}]} | {'items':[{'name':'a'}]} | {'items':[{'name':'a'}]}
            {'atomicList':['a'],'text':'a'}   | {'text':'a'}             | {'text':'a'}
            {'part':{'a':'1','b':'2'}}        | {'part':{'a':'1'}}       | {'part':{'a':'1'}}
            {'any':{'a':1,'b':{'c':2}}}       | {'any':{'b':{'c':2}}}    | {'any':{'b':{'c':2}}}
            {'atomicMap':{'a':'1'},'flag':true} | {'flag':true}          | {'flag':true}
            """)
    void whatItsManagerNoLongerSaysGoes(String first, String second, String left) {
        live.apply("one", first).apply("one", second);
        specIs(left);
    }

    @Test
    void whatSomebodyElseSaysToStays() {
        live.apply("one", "{'text':'a','set':['a','b']}").apply("two", "{'text':'a','set':['b']}");
        live.apply("one", "{'flag':true}");
        specIs("{'text':'a','set':['b'],'flag':true}");
        assertThat(live.owned("one")).isEqualTo("{'f:spec':{'f:flag':{}}}");
    }

    @Test
    void whatAnUpdaterSetStaysToo() {
        live.apply("one", "{'text':'a'}").set("editor", "{'text':'b','numeric':1}");
        assertThat(live.owned("one")).isEmpty();
        live.apply("one", "{'flag':true}");
        specIs("{'text':'b','numeric':1,'flag':true}");
    }

    @Test
    void anUpdatersFieldIsInConflictAndItsVersionIsNamed() {
        live.set("editor", "{'text':'a','numeric':1}");
        Status status = live.refused(() -> live.apply("one", "{'text':'b','numeric':2}"));
        assertThat(status.message()).isEqualTo("Apply failed with 2 conflicts: conflicts with \"editor\" using"
                + " test.dev/v1:\n- .spec.numeric\n- .spec.text");
        assertThat(status.causes()).extracting(Status.Cause::message)
                .containsOnly("conflict with \"editor\" using test.dev/v1");
    }

    @Test
    void aSubresourceIsNamedInAConflict() {
        live.through("status").applyWhole("one", "{'metadata':{'name':'x'},'status':{'state':'a'}}", false);
        Status status = live.refused(
                () -> live.applyWhole("two", "{'metadata':{'name':'x'},'status':{'state':'b'}}", false));
        assertThat(status.message()).isEqualTo("Apply failed with 1 conflict: conflict with \"one\" with subresource"
                + " \"status\": .status.state");
    }

    @Test
    void whatIsForcedIsTheOthersNoMore() {
        live.apply("one", "{'text':'a','numeric':1}").force("two", "{'text':'b'}");
        assertThat(live.owned("one")).isEqualTo("{'f:spec':{'f:numeric':{}}}");
        assertThat(live.owned("two")).isEqualTo("{'f:spec':{'f:text':{}}}");
        assertThat(live.time("one")).isEqualTo("2026-01-01T00:00:01Z");
        assertThat(live.time("two")).isEqualTo("2026-01-01T00:00:02Z");
    }

    @Test
    void applyingTheSameAgainChangesNotEvenTheTime() {
        live.apply("one", "{'text':'a'}");
        var before = live.object().deepCopy();
        live.apply("one", "{'text':'a'}");
        assertThat(live.object()).isEqualTo(before);
    }

    @Test
    void whoJoinsInWithoutChangingAnythingHasNoTime() {
        live.apply("one", "{'text':'a'}").apply("two", "{'text':'a'}");
        assertThat(live.time("two")).isEqualTo("none");
    }

    @Test
    void emptyMapsAreOwnedAndEmptyListsAreNot() {
        live.apply("one", "{'part':{},'map':{},'set':[],'text':null}");
        assertThat(live.owned("one")).isEqualTo("{'f:spec':{'f:map':{},'f:part':{},'f:text':{}}}");
    }

    @Test
    void aConfigurationWithoutAnythingOwnsNothing() {
        live.apply("one", "{'text':'a'}").applyWhole("one", "{'metadata':{'name':'x'}}", false);
        assertThat(live.owned("one")).isEmpty();
        assertThat(live.spec().has("text")).isFalse();
    }

    @Test
    void whatWasThereBeforeAnybodyAppliedBelongsToOneWhoStandsForAll() {
        live.set("editor", "{'text':'a','numeric':1}").forgetful();
        live.refused(() -> live.apply("one", "{'text':'b'}"));
        live.force("one", "{'text':'b'}");
        assertThat(live.owned("before-first-apply")).isEqualTo("{'f:spec':{'.':{},'f:numeric':{}}}");
        assertThat(live.owned("one")).isEqualTo("{'f:spec':{'f:text':{}}}");
    }

    @Test
    void itemsThatTheLiveListHasTwiceStayOrAreReplacedTogether() {
        live.set("editor", "{'set':['a','b','a','c'],'items':[{'name':'x','value':'1'},{'name':'x','value':'2'}]}");
        live.apply("one", "{'set':['d']}");
        specIs("{'set':['a','b','a','c','d'],'items':[{'name':'x','value':'1'},{'name':'x','value':'2'}]}");
        live.force("one", "{'items':[{'name':'x','value':'3'}]}");
        assertThat(live.spec().path("items")).isEqualTo(Live.json("{'i':[{'name':'x','value':'3'}]}").get("i"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'nothing':1}            | .spec.nothing: field not declared in schema
            {'numeric':'a'}          | .spec.numeric: expected numeric (int or float), got string
            {'text':1}               | .spec.text: expected string, got &value.valueUnstructured{Value:1}
            {'flag':'yes'}           | .spec.flag: expected boolean, got &{yes}
            {'set':{'a':1}}          | .spec.set: expected list, got &{map[a:1]}
            {'map':['a']}            | .spec.map: expected map, got &{[a]}
            {'set':['a','a']}        | .spec.set: duplicate entries for key [="a"]
            {'set':[{'a':1}]}        | .spec.set: element 0: associative list without keys has an element that's a map type
            {'items':[{'value':'a'}]} | .spec.items: element 0: associative list with keys has an element that omits all key fields ["name"] (and doesn't have default values for any key fields)
            {'items':['a']}          | .spec.items: element 0: associative list with keys may not have non-map elements
            {'items':[{'name':'a'},{'name':'a'}]} | .spec.items: duplicate entries for key [name="a"]
            """)
    void aConfigurationThatDoesNotFitIsRefusedInTheWordsOfKubernetes(String spec, String problem) {
        Status status = live.refused(() -> live.apply("one", spec));
        assertThat(status.code()).isEqualTo(500);
        assertThat(status.message()).isEqualTo(
                "failed to create typed patch object (/x; test.dev/v1, Kind=Sample): " + problem);
    }

    @Test
    void managedFieldsAndOtherTypesAreRefused() {
        assertThat(live.refused(() -> live.applyWhole("one", "{'metadata':{'managedFields':[]}}", false)).message())
                .isEqualTo("metadata.managedFields must be nil");
        Writing writing = new Writing(Sample.V1, "", "one", ResetFields.NONE, Sample.VERSIONS, "");
        assertThat(live.refused(() -> ServerSideApply.create(writing,
                Live.json("{'apiVersion':'v1','kind':'Sample'}"), false)).message())
                .isEqualTo("invalid object type: /v1, Kind=Sample");
    }

    @Test
    void statusIsNobodysWhoWritesToTheObjectItself() {
        live.applyWhole("one", "{'metadata':{'name':'x'},'spec':{'text':'a'},'status':{'state':'a'}}", false);
        assertThat(live.owned("one")).isEqualTo("{'f:spec':{'f:text':{}}}");
        live.through("status").applyWhole("two",
                "{'metadata':{'name':'x'},'spec':{'text':'b'},'status':{'state':'b'}}", false);
        assertThat(live.owned("two")).isEqualTo("{'f:status':{'f:state':{}}}");
    }

    @Test
    void anotherVersionOfAnAppliersConfigurationTakesThePlaceOfTheFirst() {
        live.apply("one", "{'text':'a','flag':true}").in(Sample.V2).apply("one", "{'text':'a'}");
        specIs("{'text':'a'}");
        assertThat(ManagedFields.of(live.object())).hasSize(1);
        assertThat(ManagedFields.of(live.object()).get(0).path("apiVersion").asText()).isEqualTo("test.dev/v2");
    }

    @Test
    void ownersInOtherVersionsAreInConflict() {
        live.apply("one", "{'text':'a'}").in(Sample.V2);
        assertThat(live.refused(() -> live.apply("two", "{'text':'b'}")).message())
                .isEqualTo("Apply failed with 1 conflict: conflict with \"one\": .spec.text");
    }

    @Test
    void ownersInVersionsThatAreNoLongerServedAreForgotten() {
        live.apply("one", "{'text':'a'}").in(Sample.V2).serving(Versions.only(Sample.V2));
        live.apply("two", "{'text':'b'}");
        assertThat(live.owned("one")).isEmpty();
        specIs("{'text':'b'}");
    }
}
