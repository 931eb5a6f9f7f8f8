package dev.xebec.model.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.object.Json;
import dev.xebec.model.validation.Shape;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConversionTest {
    private static final KindRegistry KINDS = KindRegistry.builtIn();

    private static ObjectNode json(String text) {
        return Json.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode to(String apiVersion, ObjectNode tree) {
        return Conversion.convert(KINDS, tree, GroupVersion.parse(apiVersion).kind(tree.path("kind").asText()));
    }

    private static void thereAndBack(String between, ObjectNode tree) {
        ObjectNode other = to(between, tree);
        Kind kind = KINDS.byKind(GroupVersion.parse(between).kind(tree.path("kind").asText())).orElseThrow();
        assertThat(Shape.unknownFields(kind, other)).isEmpty();
        assertThat(Shape.wrongType(kind, other)).isEmpty();
        assertThat(to(tree.path("apiVersion").asText(), other)).isEqualTo(tree);
    }

    private static final String SCALER = """
            {'apiVersion':'autoscaling/v2','kind':'HorizontalPodAutoscaler','metadata':{'name':'a','annotations':{'k':'v'}},
             'spec':{'scaleTargetRef':{'kind':'Deployment','name':'web','apiVersion':'apps/v1'},'minReplicas':2,
               'maxReplicas':9,'metrics':[
               {'type':'Resource','resource':{'name':'cpu','target':{'type':'Utilization','averageUtilization':60}}},
               {'type':'Resource','resource':{'name':'memory','target':{'type':'AverageValue','averageValue':'100Mi'}}},
               {'type':'Pods','pods':{'metric':{'name':'qps','selector':{'matchLabels':{'a':'b'}}},
                 'target':{'type':'AverageValue','averageValue':'5'}}},
               {'type':'Object','object':{'describedObject':{'kind':'Service','name':'s','apiVersion':'v1'},
                 'metric':{'name':'hits'},'target':{'type':'Value','value':'10k'}}},
               {'type':'Object','object':{'describedObject':{'kind':'Service','name':'s'},
                 'metric':{'name':'hits'},'target':{'type':'AverageValue','averageValue':'10'}}},
               {'type':'External','external':{'metric':{'name':'queue','selector':{'matchLabels':{'q':'1'}}},
                 'target':{'type':'AverageValue','averageValue':'30'}}},
               {'type':'ContainerResource','containerResource':{'name':'cpu','container':'app',
                 'target':{'type':'Utilization','averageUtilization':50}}}],
               'behavior':{'scaleUp':{'stabilizationWindowSeconds':0,'selectPolicy':'Max',
                 'policies':[{'type':'Pods','value':4,'periodSeconds':15}]}}},
             'status':{'observedGeneration':1,'currentReplicas':3,'desiredReplicas':4,'currentMetrics':[
               {'type':'Resource','resource':{'name':'cpu','current':{'averageUtilization':12,'averageValue':'120m'}}}],
               'conditions':[{'type':'AbleToScale','status':'True','lastTransitionTime':'2026-01-02T03:04:05Z'}]}}""";

    @Test
    void anAutoscalerKeepsInAnnotationsWhatItsOldVersionCannotSay() {
        ObjectNode old = to("autoscaling/v1", json(SCALER));
        assertThat(old.at("/spec/targetCPUUtilizationPercentage").asInt()).isEqualTo(60);
        assertThat(old.at("/status/currentCPUUtilizationPercentage").asInt()).isEqualTo(12);
        assertThat(old.at("/spec/metrics").isMissingNode()).isTrue();
        ObjectNode annotations = (ObjectNode) old.at("/metadata/annotations");
        assertThat(annotations.path("k").asText()).isEqualTo("v");
        assertThat(annotations.path("autoscaling.alpha.kubernetes.io/metrics").asText()).startsWith(
                "[{\"type\":\"Resource\",\"resource\":{\"name\":\"memory\",\"targetAverageValue\":\"100Mi\"}},"
                        + "{\"type\":\"Pods\",\"pods\":{\"metricName\":\"qps\",\"targetAverageValue\":\"5\",");
        assertThat(annotations.path("autoscaling.alpha.kubernetes.io/behavior").asText())
                .isEqualTo("{\"ScaleUp\":{\"StabilizationWindowSeconds\":0,\"SelectPolicy\":\"Max\","
                        + "\"Policies\":[{\"Type\":\"Pods\",\"Value\":4,\"PeriodSeconds\":15}]}}");
        assertThat(annotations.path("autoscaling.alpha.kubernetes.io/current-metrics").asText())
                .isEqualTo("[{\"type\":\"Resource\",\"resource\":{\"name\":\"cpu\",\"currentAverageUtilization\":12,"
                        + "\"currentAverageValue\":\"120m\"}}]");
        assertThat(annotations.path("autoscaling.alpha.kubernetes.io/conditions").asText()).contains("AbleToScale");
        thereAndBack("autoscaling/v1", json(SCALER));
    }

    @Test
    void anAutoscalerOfTheOldVersionWithoutTargetsAimsAtEightyPercentOfTheCpu() {
        ObjectNode converted = to("autoscaling/v2", json("""
                {'apiVersion':'autoscaling/v1','kind':'HorizontalPodAutoscaler','metadata':{'name':'a'},
                 'spec':{'maxReplicas':3,'scaleTargetRef':{'kind':'Deployment','name':'w'}}}"""));
        assertThat(converted.at("/spec/metrics")).isEqualTo(json("""
                {'m':[{'type':'Resource','resource':{'name':'cpu',
                'target':{'type':'Utilization','averageUtilization':80}}}]}""").path("m"));
        assertThat(to("autoscaling/v1", converted).at("/spec/targetCPUUtilizationPercentage").asInt()).isEqualTo(80);
    }

    @Test
    void unreadableAnnotationsOfAnAutoscalerAreAsGoodAsNone() {
        ObjectNode converted = to("autoscaling/v2", json("""
                {'apiVersion':'autoscaling/v1','kind':'HorizontalPodAutoscaler','metadata':{'name':'a','annotations':{
                 'autoscaling.alpha.kubernetes.io/metrics':'[{','autoscaling.alpha.kubernetes.io/behavior':'7'}},
                 'spec':{'maxReplicas':3,'targetCPUUtilizationPercentage':40}}"""));
        assertThat(converted.at("/spec/metrics").size()).isEqualTo(1);
        assertThat(converted.path("metadata").has("annotations")).isFalse();
        assertThat(converted.path("spec").has("behavior")).isFalse();
    }

    @Test
    void anEventIsOneObjectWithTwoSetsOfNames() {
        ObjectNode core = json("""
                {'apiVersion':'v1','kind':'Event','metadata':{'name':'e','namespace':'n'},'reason':'R','message':'m',
                 'involvedObject':{'kind':'Pod','name':'p'},'source':{'component':'c'},'count':3,'type':'Normal',
                 'firstTimestamp':'2026-01-02T03:04:05Z','lastTimestamp':'2026-01-02T03:04:06Z','action':'Act',
                 'reportingComponent':'r','reportingInstance':'i','related':{'kind':'Node','name':'x'},
                 'series':{'count':2,'lastObservedTime':'2026-01-02T03:04:05.000001Z'}}""");
        assertThat(to("events.k8s.io/v1", core)).isEqualTo(json("""
                {'apiVersion':'events.k8s.io/v1','kind':'Event','metadata':{'name':'e','namespace':'n'},'reason':'R',
                 'note':'m','regarding':{'kind':'Pod','name':'p'},'deprecatedSource':{'component':'c'},
                 'deprecatedCount':3,'type':'Normal','deprecatedFirstTimestamp':'2026-01-02T03:04:05Z',
                 'deprecatedLastTimestamp':'2026-01-02T03:04:06Z','action':'Act','reportingController':'r',
                 'reportingInstance':'i','related':{'kind':'Node','name':'x'},
                 'series':{'count':2,'lastObservedTime':'2026-01-02T03:04:05.000001Z'}}"""));
        thereAndBack("events.k8s.io/v1", core);
    }

    @Test
    void requestsForDevicesMoveIntoTheirOwnStructure() {
        ObjectNode claim = json(
                """
                        {'apiVersion':'resource.k8s.io/v1beta1','kind':'ResourceClaim','metadata':{'name':'c'},
                         'spec':{'devices':{'requests':[{'name':'one','deviceClassName':'gpu','count':2,
                          'allocationMode':'ExactCount'},{'name':'two','firstAvailable':[{'name':'x','deviceClassName':'y'}]}]}}}
                        """);
        ObjectNode newer = to("resource.k8s.io/v1", claim);
        assertThat(newer.at("/spec/devices/requests/0")).isEqualTo(json("""
                {'name':'one','exactly':{'deviceClassName':'gpu','count':2,'allocationMode':'ExactCount'}}"""));
        assertThat(newer.at("/spec/devices/requests/1").has("exactly")).isFalse();
        thereAndBack("resource.k8s.io/v1", claim);
        thereAndBack("resource.k8s.io/v1beta2", claim);
        thereAndBack("resource.k8s.io/v1beta2", newer);
    }

    @Test
    void propertiesOfDevicesMoveIntoTheDevice() {
        ObjectNode slice = json("""
                {'apiVersion':'resource.k8s.io/v1','kind':'ResourceSlice','metadata':{'name':'s'},
                 'spec':{'driver':'d','nodeName':'n','pool':{'name':'p','generation':1,'resourceSliceCount':1},
                 'devices':[{'name':'gpu0','attributes':{'model':{'string':'x'}},'capacity':{'mem':{'value':'1Gi'}}},
                  {'name':'gpu1'}]}}""");
        assertThat(to("resource.k8s.io/v1beta1", slice).at("/spec/devices/0/basic/attributes/model/string").asText())
                .isEqualTo("x");
        assertThat(to("resource.k8s.io/v1beta1", slice).at("/spec/devices/1/basic").isObject()).isTrue();
        thereAndBack("resource.k8s.io/v1beta1", slice);
    }

    @Test
    void theGivenTreeIsLeftAsItIs() {
        ObjectNode tree = json(SCALER);
        ObjectNode converted = to("autoscaling/v1", tree);
        assertThat(tree).isEqualTo(json(SCALER));
        ((ObjectNode) converted.path("spec").path("scaleTargetRef")).put("name", "changed");
        assertThat(tree).isEqualTo(json(SCALER));
        assertThat(to("autoscaling/v2", tree)).isSameAs(tree);
    }

    @Test
    void whatHasNothingInCommonIsRefused() {
        assertThatThrownBy(() -> to("apps/v1", json("{'apiVersion':'v1','kind':'Event'}")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> to("autoscaling/v3", json(SCALER))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyKindIsStoredAsOneThatIsServedAndToWhichItConverts() {
        for (Kind kind : KINDS.all()) {
            assertThat(KINDS.byKind(kind.storedAs())).as(kind.name().toString()).isPresent();
            ObjectNode tree = Json.object().put("apiVersion", kind.groupVersion().toString()).put("kind",
                    kind.name().kind());
            assertThat(Conversion.convert(KINDS, tree, kind.storedAs()).path("apiVersion").asText())
                    .isEqualTo(kind.storedAs().groupVersion().toString());
        }
    }
}
