package dev.xebec.model.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.Json;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.status.RejectedException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StrategicMergeTest {
    private static final String POD = "Pod";
    private static final String NODE = "Node";
    private static final String SERVICE = "Service";
    private static final String DEPLOYMENT = "Deployment";

    private static ObjectNode json(String text) {
        return Json.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static Schema.Struct schema(String kind) {
        return (Schema.Struct) KindRegistry.builtIn()
                .byKind(new GroupVersionKind(kind.equals(DEPLOYMENT) ? "apps" : "", "v1", kind)).orElseThrow().schema();
    }

    private static Arguments of(String name, String kind, String before, String patch, String after) {
        return Arguments.of(name, kind, before, patch, after);
    }

    static Stream<Arguments> cases() {
        return Stream.of(
                of("fields and nulls", POD, "{'metadata':{'labels':{'a':'1','b':'2'}}}",
                        "{'metadata':{'labels':{'a':null,'c':'3'},'annotations':null}}",
                        "{'metadata':{'labels':{'b':'2','c':'3'}}}"),
                of("set image", DEPLOYMENT,
                        "{'spec':{'template':{'spec':{'containers':[{'name':'a','image':'x:1','env':[{'name':'E','value':'1'}]},{'name':'b','image':'y'}]}}}}",
                        "{'spec':{'template':{'spec':{'$setElementOrder/containers':[{'name':'a'},{'name':'b'}],'containers':[{'image':'x:2','name':'a'}]}}}}",
                        "{'spec':{'template':{'spec':{'containers':[{'name':'a','image':'x:2','env':[{'name':'E','value':'1'}]},{'name':'b','image':'y'}]}}}}"),
                of("rollout restart", DEPLOYMENT, "{'spec':{'template':{'metadata':{'labels':{'a':'b'}}}}}",
                        "{'spec':{'template':{'metadata':{'annotations':{'kubectl.kubernetes.io/restartedAt':'now'}}}}}",
                        "{'spec':{'template':{'metadata':{'labels':{'a':'b'},'annotations':{'kubectl.kubernetes.io/restartedAt':'now'}}}}}"),
                of("taint: the list is replaced", NODE, "{'spec':{'taints':[{'key':'a','effect':'NoSchedule'}]}}",
                        "{'spec':{'taints':[{'key':'b','effect':'NoExecute'},{'key':'a','effect':'NoSchedule'}]}}",
                        "{'spec':{'taints':[{'key':'b','effect':'NoExecute'},{'key':'a','effect':'NoSchedule'}]}}"),
                of("cordon", NODE, "{'spec':{'podCIDR':'x'}}", "{'spec':{'unschedulable':true}}",
                        "{'spec':{'podCIDR':'x','unschedulable':true}}"),
                of("uncordon", NODE, "{'spec':{'unschedulable':true}}", "{'spec':{'unschedulable':null}}",
                        "{'spec':{}}"),
                of("apply strategy: retainKeys", DEPLOYMENT,
                        "{'spec':{'strategy':{'type':'RollingUpdate','rollingUpdate':{'maxSurge':1}}}}",
                        "{'spec':{'strategy':{'$retainKeys':['type'],'type':'Recreate'}}}",
                        "{'spec':{'strategy':{'type':'Recreate'}}}"),
                of("volume changes its kind", POD,
                        "{'spec':{'volumes':[{'name':'v','emptyDir':{}},{'name':'w','emptyDir':{}}]}}",
                        "{'spec':{'volumes':[{'name':'v','$retainKeys':['name','configMap'],'configMap':{'name':'c'}}]}}",
                        "{'spec':{'volumes':[{'name':'v','configMap':{'name':'c'}},{'name':'w','emptyDir':{}}]}}"),
                of("delete an element", POD,
                        "{'spec':{'containers':[{'name':'a','image':'x'},{'name':'b','image':'y'}]}}",
                        "{'spec':{'containers':[{'$patch':'delete','name':'a'}]}}",
                        "{'spec':{'containers':[{'name':'b','image':'y'}]}}"),
                of("replace a list", POD, "{'spec':{'containers':[{'name':'a'},{'name':'b'}]}}",
                        "{'spec':{'containers':[{'name':'c'},{'$patch':'replace'}]}}",
                        "{'spec':{'containers':[{'name':'c'}]}}"),
                of("replace a map", POD, "{'spec':{'nodeSelector':{'a':'1'}}}",
                        "{'spec':{'nodeSelector':{'$patch':'replace','b':'2'}}}",
                        "{'spec':{'nodeSelector':{'b':'2'}}}"),
                of("delete a map", POD, "{'spec':{'nodeSelector':{'a':'1'}}}",
                        "{'spec':{'nodeSelector':{'$patch':'delete'}}}", "{'spec':{'nodeSelector':{}}}"),
                of("finalizers merge as a set", POD, "{'metadata':{'finalizers':['a','b']}}",
                        "{'metadata':{'finalizers':['c','a']}}", "{'metadata':{'finalizers':['c','a','b']}}"),
                of("delete from primitive list", POD, "{'metadata':{'finalizers':['a','b','c']}}",
                        "{'metadata':{'$deleteFromPrimitiveList/finalizers':['b'],'$setElementOrder/finalizers':['a','c']}}",
                        "{'metadata':{'finalizers':['a','c']}}"),
                of("delete from primitive list that is not there", POD, "{'metadata':{'name':'p'}}",
                        "{'metadata':{'$deleteFromPrimitiveList/finalizers':['b']}}", "{'metadata':{'name':'p'}}"),
                of("set element order alone", POD, "{'spec':{'containers':[{'name':'a'},{'name':'b'},{'name':'c'}]}}",
                        "{'spec':{'$setElementOrder/containers':[{'name':'c'},{'name':'a'}]}}",
                        "{'spec':{'containers':[{'name':'b'},{'name':'c'},{'name':'a'}]}}"),
                of("new elements go where the order says", POD, "{'spec':{'containers':[{'name':'a'},{'name':'z'}]}}",
                        "{'spec':{'$setElementOrder/containers':[{'name':'n'},{'name':'a'}],'containers':[{'name':'n'}]}}",
                        "{'spec':{'containers':[{'name':'n'},{'name':'a'},{'name':'z'}]}}"),
                of("edit: delete one and reorder", POD, "{'spec':{'containers':[{'name':'a'},{'name':'b'}]}}",
                        "{'spec':{'$setElementOrder/containers':[{'name':'b'}],'containers':[{'$patch':'delete','name':'a'}]}}",
                        "{'spec':{'containers':[{'name':'b'}]}}"),
                of("list that is new to the object loses its directives", POD, "{'spec':{}}",
                        "{'spec':{'containers':[{'$patch':'delete','name':'a'},{'name':'b','env':null}]}}",
                        "{'spec':{'containers':[{'name':'b'}]}}"),
                of("status conditions merge by type", NODE,
                        "{'status':{'conditions':[{'type':'Ready','status':'False'},{'type':'DiskPressure','status':'False'}]}}",
                        "{'status':{'$setElementOrder/conditions':[{'type':'DiskPressure'},{'type':'Ready'}],'conditions':[{'type':'Ready','status':'True'}]}}",
                        "{'status':{'conditions':[{'type':'DiskPressure','status':'False'},{'type':'Ready','status':'True'}]}}"),
                of("two ports of one number: the first takes it all", SERVICE,
                        "{'spec':{'ports':[{'port':53,'protocol':'TCP','name':'t'},{'port':53,'protocol':'UDP','name':'u'}]}}",
                        "{'spec':{'ports':[{'port':53,'name':'x'}]}}",
                        "{'spec':{'ports':[{'port':53,'protocol':'TCP','name':'x'},{'port':53,'protocol':'UDP','name':'u'}]}}"),
                of("atomic lists are replaced", POD, "{'spec':{'containers':[{'name':'a','args':['1','2']}]}}",
                        "{'spec':{'containers':[{'name':'a','args':['3']}]}}",
                        "{'spec':{'containers':[{'name':'a','args':['3']}]}}"),
                of("unknown fields merge, their lists are replaced", POD, "{'spec':{'new':{'a':1,'l':[1]}}}",
                        "{'spec':{'new':{'b':2,'l':[2]}}}", "{'spec':{'new':{'a':1,'b':2,'l':[2]}}}"),
                of("debug: ephemeral containers", POD, "{'spec':{'containers':[{'name':'a'}]}}",
                        "{'spec':{'ephemeralContainers':[{'name':'d','image':'busybox','resources':{}}]}}",
                        "{'spec':{'containers':[{'name':'a'}],'ephemeralContainers':[{'name':'d','image':'busybox','resources':{}}]}}"),
                of("big integers stay exact", POD, "{'spec':{'activeDeadlineSeconds':9007199254740993}}",
                        "{'metadata':{'generation':9223372036854775807}}",
                        "{'spec':{'activeDeadlineSeconds':9007199254740993},'metadata':{'generation':9223372036854775807}}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void patchesAsKubernetesDoes(String name, String kind, String before, String patch, String after) {
        ObjectNode object = json(before);
        ObjectNode changes = json(patch);
        assertThat(Patches.strategic(schema(kind), object, changes)).isEqualTo(json(after));
        assertThat(object).isEqualTo(json(before));
        assertThat(changes).isEqualTo(json(patch));
    }

    @Test
    void refusesMalformedPatches() {
        refused(500, "{'spec':{'containers':[{'image':'x'}]}}",
                "map: map[image:x] does not contain declared merge key: name");
        refused(500, "{'$patch':'explode','a':[1,null]}",
                "unknown patch type: explode in map: map[$patch:explode a:[1 <nil>]]");
        refused(500, "{'spec':{'containers':[{'$patch':'explode','name':'a'}]}}",
                "unknown patch type: explode in map: map[$patch:explode name:a]");
        refused(422, "{'spec':{'$retainKeys':['a'],'b':1}}",
                "the server rejected our request due to an error in our request");
        refused(400, "{'spec':{'$retainKeys':'a','b':1}}", "invalid patch format of retainKeys");
        refused(400, "{'spec':{'$deleteFromPrimitiveList/finalizers':'a'}}",
                "invalid patch format of primitive list");
        refused(400, "{'spec':{'$setElementOrder/containers':'a'}}", "invalid patch format of setElementOrder list");
        refused(500, "{'spec':{'$setElementOrder/containers':[{'name':'a'}],'containers':[{'name':'b'}]}}",
                "The order in patch list:\n[map[name:b]]\n doesn't match $setElementOrder list:\n[map[name:a]]\n");
        refused(500, "{'spec':{'containers':['x']}}", "cannot merge a string");
    }

    private static void refused(int code, String patch, String message) {
        ObjectNode object = json("{'spec':{'containers':[{'name':'a'}]}}");
        assertThatThrownBy(() -> Patches.strategic(schema(POD), object, json(patch)))
                .isInstanceOf(RejectedException.class).hasMessageContaining(message)
                .satisfies(thrown -> assertThat(((RejectedException) thrown).status().code()).isEqualTo(code));
    }
}
