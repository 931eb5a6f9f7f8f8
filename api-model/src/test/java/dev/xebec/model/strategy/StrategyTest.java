package dev.xebec.model.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrategyTest {

    private static ObjectNode json(String text) {
        return Json.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static Strategy of(String plural) {
        return Strategy.of(kind(plural));
    }

    private static Kind kind(String plural) {
        return KindRegistry.builtIn().all().stream().filter(one -> one.plural().equals(plural)).findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "deployments | {'spec':{},'status':{'replicas':3}} | {'spec':{}}",
            "apiservices | {'metadata':{'creationTimestamp':'T'},'spec':{},'status':{'conditions':[]}} | {'metadata':{'creationTimestamp':'T'},'spec':{},'status':{'conditions':[{'type':'Available','status':'True','lastTransitionTime':'T','reason':'Local','message':'Local APIServices are always available'}]}}",
            "apiservices | {'spec':{'service':{}},'status':{'conditions':[]}} | {'spec':{'service':{}}}",
            "configmaps | {'data':{'a':'b'}} | {'data':{'a':'b'}}",
            "nodes | {'status':{'capacity':{'cpu':'1'}}} | {'status':{'capacity':{'cpu':'1'}}}",
            "persistentvolumeclaims | {'status':{'phase':'Bound'}} | {'status':{'phase':'Pending'}}",
            "pods | {'spec':{'containers':[{}]},'status':{'phase':'Running'}} | {'spec':{'containers':[{}]},'status':{'phase':'Pending','qosClass':'BestEffort'}}",
            "namespaces | {'metadata':{'name':'n'}} | {'metadata':{'name':'n'},'status':{'phase':'Active'},'spec':{'finalizers':['kubernetes']}}",
            "jobs | {'metadata':{'name':'j','uid':'u'},'spec':{'template':{}}} | {'metadata':{'name':'j','uid':'u'},'spec':{'template':{'metadata':{'labels':{'batch.kubernetes.io/controller-uid':'u','controller-uid':'u','batch.kubernetes.io/job-name':'j','job-name':'j'}}},'selector':{'matchLabels':{'batch.kubernetes.io/controller-uid':'u'}}}}",
            "services | {'spec':{'type':'ClusterIP','clusterIP':'None'}} | {'spec':{'type':'ClusterIP','clusterIP':'None','clusterIPs':['None'],'ipFamilyPolicy':'SingleStack','ipFamilies':['IPv4']},'status':{'loadBalancer':{}}}"})
    void preparesNewObjects(String plural, String before, String after) {
        ObjectNode object = json(before);
        of(plural).prepareCreate(object);
        assertThat(object).isEqualTo(json(after));
    }

    @Test
    void aMainUpdateKeepsTheStatusAndAStatusUpdateKeepsTheRest() {
        ObjectNode before = json(
                "{'metadata':{'name':'d','labels':{'a':'b'},'resourceVersion':'1'},'spec':{'replicas':1},'status':{'replicas':1}}");
        ObjectNode now = json(
                "{'metadata':{'name':'d','labels':{'a':'c'},'resourceVersion':'2'},'spec':{'replicas':2},'status':{'replicas':9}}");
        ObjectNode main = now.deepCopy();
        of("deployments").prepareUpdate(main, before);
        assertThat(main).isEqualTo(json(
                "{'metadata':{'name':'d','labels':{'a':'c'},'resourceVersion':'2'},'spec':{'replicas':2},'status':{'replicas':1}}"));
        of("deployments").prepareStatusUpdate(now, before,
                Strategy.statusMetadata(kind("deployments")), "2026-01-01T00:00:00Z");
        assertThat(now).isEqualTo(json(
                "{'metadata':{'name':'d','labels':{'a':'b'},'resourceVersion':'2'},'spec':{'replicas':1},'status':{'replicas':9}}"));
    }

    @Test
    void aServiceKeepsWhatItWasGiven() {
        ObjectNode before = json(
                "{'spec':{'type':'NodePort','clusterIP':'10.0.0.1','clusterIPs':['10.0.0.1'],'ipFamilies':['IPv4'],"
                        + "'ipFamilyPolicy':'SingleStack','ports':[{'port':80,'protocol':'TCP','nodePort':30000}]},'status':{'loadBalancer':{}}}");
        ObjectNode same = json("{'spec':{'type':'NodePort','ports':[{'port':80,'protocol':'TCP'}]}}");
        of("services").prepareUpdate(same, before);
        assertThat(same).isEqualTo(before);
        ObjectNode internal = before.deepCopy();
        ((ObjectNode) internal.get("spec")).put("type", "ClusterIP");
        of("services").prepareUpdate(internal, before);
        assertThat(internal.at("/spec/ports/0/nodePort").isMissingNode()).isTrue();
        ObjectNode external = before.deepCopy();
        ((ObjectNode) external.get("spec")).put("type", "ExternalName");
        of("services").prepareUpdate(external, before);
        assertThat(external.at("/spec/clusterIP").isMissingNode()).isTrue();
    }

    @Test
    void aGenerationIsANewWish() {
        ObjectNode before = json("{'metadata':{'labels':{'a':'b'}},'spec':{'replicas':1},'status':{}}");
        ObjectNode labels = json("{'metadata':{'labels':{'a':'c'}},'spec':{'replicas':1},'status':{'x':1}}");
        ObjectNode spec = json("{'spec':{'replicas':2}}");
        ObjectNode annotations = json("{'metadata':{'annotations':{'a':'c'}},'spec':{'replicas':1}}");
        assertThat(of("deployments").generationChanges(labels, before)).isFalse();
        assertThat(of("deployments").generationChanges(spec, before)).isTrue();
        assertThat(of("deployments").generationChanges(annotations, before)).isTrue();
        assertThat(of("replicasets").generationChanges(annotations, before)).isFalse();
        ObjectNode longer = Json.object();
        longer.putObject("spec").put("replicas", 1L);
        assertThat(of("replicasets").generationChanges(longer, before)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "[{}] | BestEffort",
            "[{'resources':{'limits':{'cpu':'1','memory':'1Gi'}}}] | Guaranteed",
            "[{'resources':{'limits':{'cpu':'1','memory':'1Gi'},'requests':{'cpu':'1000m','memory':'1024Mi'}}}] | Guaranteed",
            "[{'resources':{'limits':{'cpu':'1','memory':'1Gi'},'requests':{'cpu':'500m','memory':'1Gi'}}}] | Burstable",
            "[{'resources':{'requests':{'cpu':'1'}}}] | Burstable",
            "[{'resources':{'limits':{'cpu':'1','memory':'1Gi'}}},{}] | Burstable"})
    void theServiceClassFollowsFromTheResources(String containers, String expected) {
        assertThat(QosClass.of(json("{'spec':{'containers':" + containers + "}}"))).isEqualTo(expected);
    }
}
