package dev.xebec.model.defaulting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.Json;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.validation.Shape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultingTest {
    private static final String CONTAINER = "'terminationMessagePath':'/dev/termination-log','terminationMessagePolicy':'File',"
            + "'resources':{},'imagePullPolicy':'Always'";
    private static final String POD_SPEC = "'restartPolicy':'Always','dnsPolicy':'ClusterFirst','schedulerName':"
            + "'default-scheduler','terminationGracePeriodSeconds':30,'securityContext':{}";

    private static ObjectNode json(String text) {
        return Json.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static Kind kind(String plural) {
        return KindRegistry.builtIn().all().stream().filter(one -> one.plural().equals(plural)).findFirst()
                .orElseThrow();
    }

    private static ObjectNode defaulted(String plural, String body) {
        ObjectNode object = json(body);
        Defaulting.apply(kind(plural), object);
        return object;
    }

    /** All that is expected is there; what is always written besides is another test's. */
    private static void assertSays(JsonNode actual, JsonNode expected) {
        assertThat(missing(actual, expected)).as(actual.toString()).isEmpty();
    }

    private static List<String> missing(JsonNode actual, JsonNode expected) {
        if (!expected.isContainerNode()) {
            return actual.equals(expected) ? List.of() : List.of(expected.toString());
        }
        List<String> missing = new ArrayList<>();
        expected.properties().forEach(field -> missing(actual.path(field.getKey()), field.getValue())
                .forEach(below -> missing.add(field.getKey() + "/" + below)));
        for (int at = 0; expected.isArray() && at < expected.size(); at++) {
            missing.addAll(missing(actual.path(at), expected.get(at)));
        }
        return missing;
    }

    @Test
    void aPodIsFilledIn() {
        assertSays(defaulted("pods", "{'spec':{'containers':[{'name':'a','image':'x','ports':[{'containerPort':80}],"
                + "'livenessProbe':{'httpGet':{'port':80}}}],'volumes':[{'name':'v','configMap':{'name':'c'}},{'name':'w'}]}}"),
                json(
                        "{'spec':{'containers':[{'name':'a','image':'x','ports':[{'containerPort':80,'protocol':'TCP'}],"
                                + "'livenessProbe':{'httpGet':{'port':80,'path':'/','scheme':'HTTP'},'timeoutSeconds':1,"
                                + "'periodSeconds':10,'successThreshold':1,'failureThreshold':3}," + CONTAINER + "}],"
                                + "'volumes':[{'name':'v','configMap':{'name':'c','defaultMode':420}},{'name':'w','emptyDir':{}}],"
                                + "'enableServiceLinks':true," + POD_SPEC + "}}"));
    }

    @Test
    void aTemplateIsFilledInButForWhatOnlyPodsHave() {
        ObjectNode deployment = defaulted("deployments",
                "{'spec':{'template':{'spec':{'containers':[{'name':'a','image':'x',"
                        + "'resources':{'limits':{'cpu':'1'}}}]}}}}");
        assertSays(deployment, json("{'spec':{'replicas':1,'revisionHistoryLimit':10,'progressDeadlineSeconds':600,"
                + "'strategy':{'type':'RollingUpdate','rollingUpdate':{'maxUnavailable':'25%','maxSurge':'25%'}},"
                + "'template':{'spec':{'containers':[{'name':'a','image':'x',"
                + CONTAINER.replace("'resources':{}",
                        "'resources':{'limits':{'cpu':'1'}}")
                + "}]," + POD_SPEC + "}}}}"));
    }

    @ParameterizedTest
    @CsvSource({"x,Always", "x:latest,Always", "x:1,IfNotPresent", "host:5000/x,Always", "host:5000/x:1,IfNotPresent",
            "x@sha256:abc,IfNotPresent"})
    void thePullPolicyFollowsTheTag(String image, String policy) {
        ObjectNode pod = defaulted("pods", "{'spec':{'containers':[{'name':'a','image':'" + image + "'}]}}");
        assertThat(pod.at("/spec/containers/0/imagePullPolicy").asText()).isEqualTo(policy);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "services | {'spec':{'ports':[{'name':'a','targetPort':''}]}} | {'spec':{'type':'ClusterIP','sessionAffinity':'None','internalTrafficPolicy':'Cluster','ports':[{'name':'a','protocol':'TCP','port':0,'targetPort':0}]}}",
            "services | {'spec':{'ports':[{'port':80}]}} | {'spec':{'type':'ClusterIP','sessionAffinity':'None','internalTrafficPolicy':'Cluster','ports':[{'port':80,'protocol':'TCP','targetPort':80}]}}",
            "services | {'spec':{'type':'ExternalName'}} | {'spec':{'type':'ExternalName','sessionAffinity':'None'}}",
            "secrets | {} | {'type':'Opaque'}",
            "configmaps | {'data':{'a':'b'}} | {'data':{'a':'b'}}",
            "namespaces | {'metadata':{'name':'n'}} | {'metadata':{'name':'n','labels':{'kubernetes.io/metadata.name':'n'}},'status':{'phase':'Active'}}",
            "deployments | {'spec':{'strategy':{'type':'Recreate'},'replicas':0}} | {'spec':{'strategy':{'type':'Recreate'},'replicas':0,'revisionHistoryLimit':10,'progressDeadlineSeconds':600}}",
            "jobs | {'spec':{}} | {'spec':{'completions':1,'parallelism':1,'backoffLimit':6,'completionMode':'NonIndexed','suspend':false,'manualSelector':false,'podReplacementPolicy':'TerminatingOrFailed'}}",
            "jobs | {'spec':{'parallelism':3}} | {'spec':{'parallelism':3,'backoffLimit':6,'completionMode':'NonIndexed','suspend':false,'manualSelector':false,'podReplacementPolicy':'TerminatingOrFailed'}}",
            "rolebindings | {'roleRef':{},'subjects':[{'kind':'User'},{'kind':'ServiceAccount'}]} | {'roleRef':{'apiGroup':'rbac.authorization.k8s.io'},'subjects':[{'kind':'User','apiGroup':'rbac.authorization.k8s.io'},{'kind':'ServiceAccount'}]}",
            "replicationcontrollers | {'spec':{'template':{'metadata':{'labels':{'a':'b'}}}}} | {'metadata':{'labels':{'a':'b'}},'spec':{'template':{'metadata':{'labels':{'a':'b'}}},'selector':{'a':'b'},'replicas':1}}",
            "limitranges | {'spec':{'limits':[{'type':'Container','max':{'cpu':'2'}}]}} | {'spec':{'limits':[{'type':'Container','max':{'cpu':'2'},'default':{'cpu':'2'},'defaultRequest':{'cpu':'2'}}]}}"})
    void otherKinds(String plural, String before, String after) {
        assertSays(defaulted(plural, before), json(after));
    }

    @Test
    void requestsComeFromLimitsInPods() {
        ObjectNode pod = defaulted("pods",
                "{'spec':{'containers':[{'name':'a','image':'x','resources':{'limits':{'cpu':'1','memory':'1Gi'},'requests':{'cpu':'100m'}}}]}}");
        assertThat(pod.at("/spec/containers/0/resources/requests"))
                .hasToString("{\"cpu\":\"100m\",\"memory\":\"1Gi\"}");
    }

    @Test
    void defaultingTwiceIsDefaultingOnceAndFitsTheSchema() {
        for (Kind kind : KindRegistry.builtIn().all()) {
            for (String body : List.of("{'metadata':{'name':'n'}}", "{'spec':{}}",
                    "{'spec':{'template':{'spec':{'containers':[{}],"
                            + "'volumes':[{'name':'a','secret':{}}]}}}}")) {
                ObjectNode once = json(body);
                Shape.prune(kind, once);
                Defaulting.apply(kind, once);
                ObjectNode twice = once.deepCopy();
                Defaulting.apply(kind, twice);
                assertThat(twice).as(kind.plural()).isEqualTo(once);
                assertThat(Shape.unknownFields(kind, once)).as(kind.plural()).isEmpty();
                assertThat(Shape.wrongType(kind, once)).as(kind.plural()).isEmpty();
            }
        }
    }

    @Test
    void everyRuleIsForATypeThatIsDescribed() {
        assertThat(RuleFile.RULES.keySet()).allSatisfy(type -> assertThat(KindRegistry.builtIn().type(type)).as(type)
                .isPresent().get().isInstanceOf(Schema.Struct.class));
    }
}
