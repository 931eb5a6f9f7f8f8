package dev.xebec.model.structure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.defaulting.Defaulting;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.Json;
import dev.xebec.model.schema.Schema;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What kube-apiserver 1.37 answered to such objects, without their metadata. */
class WrittenFormTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "/v1/resourcequotas | {'spec':{},'status':null} | {'metadata':{},'spec':{},'status':{}}",
            "rbac.authorization.k8s.io/v1/roles | {} | {'metadata':{},'rules':null}",
            "rbac.authorization.k8s.io/v1/clusterroles | {'rules':[]} | {'metadata':{},'rules':null}",
            "policy/v1/poddisruptionbudgets | {'spec':{'maxUnavailable':0}} | {'metadata':{},'spec':{'maxUnavailable':0},'status':{'disruptionsAllowed':0,'currentHealthy':0,'desiredHealthy':0,'expectedPods':0}}",
            "networking.k8s.io/v1/ingresses | {'spec':{'rules':[]}} | {'metadata':{},'spec':{},'status':{'loadBalancer':{}}}",
            "storage.k8s.io/v1/volumeattachments | {'spec':{'attacher':'a','nodeName':'n','source':{}}} | {'metadata':{},'spec':{'attacher':'a','nodeName':'n','source':{}},'status':{'attached':false}}",
            "/v1/events | {'involvedObject':{'namespace':'a'},'reason':''} | {'metadata':{},'involvedObject':{'namespace':'a'},'source':{},'firstTimestamp':null,'lastTimestamp':null,'eventTime':null,'reportingComponent':'','reportingInstance':''}",
            "/v1/configmaps | {'data':{},'binaryData':null,'immutable':false} | {'metadata':{},'immutable':false}"})
    void whatSaysNothingIsLeftOutUnlessItIsAlwaysThere(String resource, String sent, String answered) {
        String[] names = resource.split("/");
        Kind kind = KindRegistry.builtIn().byResource(names[0], names[1], names[2]).orElseThrow();
        ObjectNode object = json(sent);
        Defaulting.apply(kind, object);
        Defaulting.settle(kind, object);
        assertThat(object).isEqualTo(json(answered));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "pods | {'spec':{'containers':[{'name':'a','lifecycle':{'stopSignal':'SIGINT'}}]}} | {'name':'a'}",
            "pods | {'spec':{'containers':[{'name':'a','lifecycle':{'stopSignal':'SIGINT','preStop':{}}}]}} | {'name':'a','lifecycle':{'preStop':{}}}",
            "pods | {'spec':{'containers':[{'name':'a','lifecycle':{}}]}} | {'name':'a','lifecycle':{}}"})
    void whatBelongsToAFeatureThatIsOffStaysUntilItIsNotedWhoSentIt(String plural, String sent, String left) {
        Kind kind = KindRegistry.builtIn().byResource("", "v1", plural).orElseThrow();
        ObjectNode pod = json(sent);
        boolean off = Defaulting.applyToSent(kind, pod);
        assertThat(off).isEqualTo(sent.contains("stopSignal"));
        assertThat(pod.toString().contains("stopSignal")).isEqualTo(off);
        WrittenForm.shut((Schema.Struct) kind.schema(), pod);
        ObjectNode container = (ObjectNode) pod.at("/spec/containers/0");
        assertThat(container.path("lifecycle")).isEqualTo(json(left).path("lifecycle"));
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
