package dev.xebec.model.managed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.defaulting.Defaulting;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OwnershipTest {
    private static final Kind POD = KindRegistry.builtIn().byResource("", "v1", "pods").orElseThrow();
    private final Live live = new Live();

    @Test
    void whoCreatesOwnsWhatHeSaid() {
        live.set("creator", "{'text':'a','set':['x'],'atomicMap':{'k':'v'},'map':{'k':'v'}}");
        assertThat(live.owned("creator")).isEqualTo("{'f:spec':{'.':{},'f:atomicMap':{},'f:map':{'.':{},'f:k':{}},"
                + "'f:set':{'.':{},'v:\\'x\\'':{}},'f:text':{}}}");
    }

    @Test
    void whoChangesAFieldOwnsItFromThenOn() {
        live.set("one", "{'text':'a','numeric':1}").set("two", "{'text':'b','numeric':1}");
        assertThat(live.owned("one")).isEqualTo("{'f:spec':{'.':{},'f:numeric':{}}}");
        assertThat(live.owned("two")).isEqualTo("{'f:spec':{'f:text':{}}}");
        assertThat(live.time("one")).isEqualTo("2026-01-01T00:00:01Z");
        assertThat(live.time("two")).isEqualTo("2026-01-01T00:00:02Z");
    }

    @Test
    void whoTakesAFieldAwayOwnsNothingOfIt() {
        live.set("one", "{'text':'a','numeric':1}").set("two", "{'numeric':1}");
        assertThat(live.owned("one")).isEqualTo("{'f:spec':{'.':{},'f:numeric':{}}}");
        assertThat(live.owned("two")).isEmpty();
    }

    @Test
    void changesOfOneManagerAddUp() {
        live.set("one", "{'text':'a','numeric':1}").set("two", "{'text':'b','numeric':1}")
                .set("two", "{'text':'b','numeric':2}");
        assertThat(live.owned("one")).isEqualTo("{'f:spec':{}}");
        assertThat(live.owned("two")).isEqualTo("{'f:spec':{'f:numeric':{},'f:text':{}}}");
    }

    @Test
    void aWriteThatChangesNothingLeavesTheTimes() {
        live.set("one", "{'text':'a'}").set("two", "{'text':'a'}").set("one", "{'text':'a'}");
        assertThat(live.time("one")).isEqualTo("2026-01-01T00:00:01Z");
        assertThat(live.owned("two")).isEmpty();
    }

    @Test
    void updatesThroughASubresourceAreTheirOwnEntry() {
        live.update("one", "{'metadata':{'name':'x'},'spec':{'text':'a'}}").through("status").update("one",
                "{'metadata':{'name':'x'},'spec':{'text':'a'},'status':{'state':'s'}}");
        assertThat(ManagedFields.of(live.object())).hasSize(2);
        assertThat(ManagedFields.of(live.object()).get(1).path("subresource").asText()).isEqualTo("status");
        assertThat(live.owned("one")).endsWith("{'f:status':{'.':{},'f:state':{}}}");
    }

    @Test
    void theOldestOfMoreThanTenUpdatersAreTakenTogether() {
        StringBuilder map = new StringBuilder();
        for (int at = 0; at < 13; at++) {
            map.append(at == 0 ? "" : ",").append("'k").append(at).append("':'v'");
            live.set("m" + at, "{'map':{" + map + "}}");
        }
        assertThat(ManagedFields.of(live.object())).hasSize(10);
        assertThat(live.owned("ancient-changes"))
                .isEqualTo("{'f:spec':{'.':{},'f:map':{'.':{},'f:k0':{},'f:k1':{},'f:k2':{},'f:k3':{}}}}");
        assertThat(live.time("ancient-changes")).isEqualTo("2026-01-01T00:00:04Z");
        assertThat(live.owned("m3")).isEmpty();
        assertThat(live.owned("m4")).isNotEmpty();
    }

    @Test
    void anEmptyListOrAnEmptyEntryForgetsAllManagersUntilSomebodyApplies() {
        for (String reset : new String[]{"[]", "[{}]"}) {
            Live object = new Live().set("one", "{'text':'a'}").update("one",
                    "{'metadata':{'name':'x','managedFields':" + reset + "},'spec':{'text':'a'}}");
            assertThat(object.object().path("metadata").has("managedFields")).as(reset).isFalse();
            object.set("two", "{'text':'b'}");
            assertThat(object.object().path("metadata").has("managedFields")).as(reset).isFalse();
            object.apply("three", "{'flag':true}");
            assertThat(object.owned("before-first-apply")).isEqualTo("{'f:spec':{'.':{},'f:text':{}}}");
        }
    }

    @Test
    void validManagedFieldsOfAClientCountAndInvalidOnesDoNot() {
        live.set("one", "{'text':'a'}").update("one", "{'metadata':{'name':'x','managedFields':[{'manager':'other',"
                + "'operation':'Apply','apiVersion':'test.dev/v1','fieldsType':'FieldsV1',"
                + "'fieldsV1':{'f:spec':{'f:text':{}}}}]},'spec':{'text':'a'}}");
        assertThat(live.owned("other")).isEqualTo("{'f:spec':{'f:text':{}}}");
        assertThat(live.owned("one")).isEmpty();
        for (String wrong : new String[]{"{'manager':'w','operation':'Burn','apiVersion':'v1','fieldsType':'FieldsV1'}",
                "{'manager':'w','operation':'Apply','fieldsType':'FieldsV1'}",
                "{'manager':'w','operation':'Apply','apiVersion':'v1','fieldsType':'FieldsV2'}",
                "{'manager':'w','operation':'Apply','apiVersion':'v1','fieldsType':'FieldsV1','fieldsV1':{'x':{}}}"}) {
            live.update("one", "{'metadata':{'name':'x','managedFields':[" + wrong + "]},'spec':{'text':'a'}}");
            assertThat(live.owned("other")).as(wrong).isNotEmpty();
            assertThat(live.owned("w")).as(wrong).isEmpty();
        }
    }

    @Test
    void throughASubresourceManagedFieldsCannotBeSet() {
        live.set("one", "{'text':'a'}").through("status").update("two",
                "{'metadata':{'name':'x','managedFields':[{}]},'spec':{'text':'a'},'status':{'state':'s'}}");
        assertThat(live.owned("one")).isNotEmpty();
        assertThat(live.owned("two")).isNotEmpty();
    }

    @Test
    void unknownElementsOfAFieldSetAreLeftOut() {
        live.set("one", "{'text':'a'}").update("one", "{'metadata':{'name':'x','managedFields':[{'manager':'other',"
                + "'operation':'Update','apiVersion':'test.dev/v1','fieldsType':'FieldsV1',"
                + "'fieldsV1':{'f:spec':{'q:new':{},'f:text':{}}}}]},'spec':{'text':'a'}}");
        assertThat(live.owned("other")).isEqualTo("{'f:spec':{'f:text':{}}}");
    }

    @Test
    void appliersStandBeforeUpdatersAndThenByTime() {
        live.set("c", "{'text':'a'}").set("b", "{'text':'a','numeric':1}").apply("z", "{'flag':true}").apply("a",
                "{'map':{'k':'v'}}");
        assertThat(ManagedFields.of(live.object()).valueStream().map(entry -> entry.path("manager").asText()))
                .containsExactly("z", "a", "c", "b");
    }

    @Test
    void aPodsCreatorOwnsWhatGoHoldsByValueToo() {
        ObjectNode pod = Live.json("{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p','labels':{}},'spec':{"
                + "'hostNetwork':false,'containers':[{'name':'c','image':'i','args':[]}]}}");
        Defaulting.apply(POD, pod);
        Ownership.created(podWriting("kubectl-run", ""), pod);
        assertThat(fields(pod, 0)).isEqualTo("{'f:spec':{'f:containers':{'k:{\\'name\\':\\'c\\'}':{'.':{},'f:image':{},"
                + "'f:imagePullPolicy':{},'f:name':{},'f:resources':{},'f:terminationMessagePath':{},"
                + "'f:terminationMessagePolicy':{}}},'f:dnsPolicy':{},'f:enableServiceLinks':{},'f:restartPolicy':{},"
                + "'f:schedulerName':{},'f:securityContext':{},'f:terminationGracePeriodSeconds':{}}}");
        ObjectNode running = pod.deepCopy();
        running.set("status", Live.json("{'phase':'Running','conditions':[{'type':'Ready','status':'True'}]}"));
        Ownership.updated(podWriting("kubelet", "status"), pod, running);
        assertThat(fields(running, 1)).isEqualTo("{'f:status':{'f:conditions':{'.':{},'k:{\\'type\\':\\'Ready\\'}':{"
                + "'.':{},'f:lastProbeTime':{},'f:lastTransitionTime':{},'f:status':{},'f:type':{}}},'f:phase':{}}}");
    }

    private static String fields(ObjectNode object, int at) {
        JsonNode entry = ManagedFields.of(object).get(at);
        return entry.path("fieldsV1").toString().replace('"', '\'');
    }

    private static Writing podWriting(String manager, String subresource) {
        return new Writing(POD, subresource, manager, ResetFields.of(POD, subresource, Set.of(), false),
                Versions.only(POD),
                "2026-01-01T00:00:00Z");
    }

    @Test
    void whoOwnsAnEmptyMapOwnsNothingThatIsPutIntoIt() {
        live.set("one", "{'map':{}}").set("two", "{'map':{'k':'v'}}").set("three", "{'map':{'k':'v'},'text':'a'}");
        assertThat(live.owned("one")).isEqualTo("{'f:spec':{'.':{},'f:map':{}}}");
        assertThat(live.owned("two")).isEqualTo("{'f:spec':{'f:map':{'f:k':{}}}}");
    }

    @Test
    void aSchemaThatMakesAListOneWholeCarriesItsOwnersOver() {
        FieldSet parts = FieldSet.of(FieldPath.of("spec", "atomicMap", "k"), FieldPath.of("spec", "text"));
        assertThat(SchemaChanges.carry(parts, Sample.V1.schema()))
                .isEqualTo(FieldSet.of(FieldPath.of("spec", "atomicMap"), FieldPath.of("spec", "text")));
        FieldSet whole = FieldSet.of(FieldPath.of("spec", "map"));
        assertThat(SchemaChanges.carry(whole, Sample.V1.schema())).isEqualTo(whole);
    }
}
