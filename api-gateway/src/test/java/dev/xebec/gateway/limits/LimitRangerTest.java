package dev.xebec.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.TestApi;
import dev.xebec.model.object.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits in upstream's words. */
final class LimitRangerTest {

    private static ObjectNode tree(String json) {
        return Json.parseObject(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode range(String limit) {
        return tree("{'spec':{'limits':[{" + limit + "}]}}");
    }

    private static ObjectNode pod(String resources) {
        return tree("{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','resources':{" + resources + "}}]}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "'min':{'cpu':'100m'} || minimum cpu usage per Container is 100m.  No request is specified",
            "'min':{'cpu':'100m'} | 'requests':{'cpu':'50m'} | minimum cpu usage per Container is 100m, but request is 50m",
            "'min':{'cpu':'100m'} | 'requests':{'cpu':'1'},'limits':{'cpu':'50m'} | minimum cpu usage per Container is 100m, but limit is 50m",
            "'max':{'cpu':'1'} || maximum cpu usage per Container is 1.  No limit is specified",
            "'max':{'cpu':'1'} | 'limits':{'cpu':'2'} | maximum cpu usage per Container is 1, but limit is 2",
            "'max':{'cpu':'1'} | 'requests':{'cpu':'3'},'limits':{'cpu':'1'} | maximum cpu usage per Container is 1, but request is 3",
            "'maxLimitRequestRatio':{'cpu':'2'} | 'limits':{'cpu':'1'} | cpu max limit to request ratio per Container is 2, but no request is specified or request is 0",
            "'maxLimitRequestRatio':{'cpu':'2'} | 'requests':{'cpu':'1'} | cpu max limit to request ratio per Container is 2, but no limit is specified or limit is 0",
            "'maxLimitRequestRatio':{'cpu':'2'} | 'requests':{'cpu':'100m'},'limits':{'cpu':'1'} | cpu max limit to request ratio per Container is 2, but provided ratio is 10.000000"})
    void whatAContainerBreaks(String limit, String resources, String error) {
        ObjectNode pod = pod(resources == null ? "" : resources);
        assertThat(LimitRanger.checkPod(range("'type':'Container'," + limit), pod)).containsExactly(error);
    }

    @Test
    void aPodIsJudgedByAllItsContainersTogether() {
        ObjectNode pod = tree("{'spec':{'containers':[{'name':'a','resources':{'limits':{'cpu':'1'}}},"
                + "{'name':'b','resources':{'limits':{'cpu':'1500m'}}}],"
                + "'initContainers':[{'name':'i','resources':{'limits':{'cpu':'2'}}}]}}");
        assertThat(LimitRanger.checkPod(range("'type':'Pod','max':{'cpu':'2'}"), pod))
                .containsExactly("maximum cpu usage per Pod is 2, but limit is 2500m");
    }

    @Test
    void whatIsLeftOutIsFilledInAndNoted() {
        ObjectNode pod = tree("{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c'},{'name':'d','resources':"
                + "{'limits':{'cpu':'3'}}}],'initContainers':[{'name':'i'}]}}");
        LimitRanger.fill(
                range("'type':'Container','default':{'cpu':'1','memory':'1Gi'},'defaultRequest':{'cpu':'500m'}"),
                pod);
        assertThat(pod.at("/spec/containers/0/resources"))
                .isEqualTo(tree("{'requests':{'cpu':'500m'},'limits':{'cpu':'1','memory':'1Gi'}}"));
        assertThat(pod.at("/spec/containers/1/resources/limits/cpu").asText()).isEqualTo("3");
        assertThat(pod.at("/metadata/annotations/kubernetes.io~1limit-ranger").asText()).isEqualTo(
                "LimitRanger plugin set: cpu request for container c; cpu, memory limit for container c; "
                        + "cpu request for container d; memory limit for container d; "
                        + "cpu request for init container i; cpu, memory limit for init container i");
    }

    @Test
    void aNamespacesLimitsHoldForItsPodsAndClaims() {
        try (TestApi gateway = new TestApi()) {
            Api api = gateway.api();
            api.post("/api/v1/namespaces/default/limitranges", "{'metadata':{'name':'l'},'spec':{'limits':["
                    + "{'type':'Container','max':{'cpu':'1'}},"
                    + "{'type':'PersistentVolumeClaim','max':{'storage':'1Gi'}}]}}").expect(201);
            gateway.gateway().registry().newest();
            Api.Reply pod = gateway.pod("filled");
            assertThat(pod.at("/spec/containers/0/resources/limits/cpu").asText()).isEqualTo("1");
            assertThat(pod.at("/spec/containers/0/resources/requests/cpu").asText()).isEqualTo("1");
            assertThat(pod.at("/status/qosClass").asText()).isEqualTo("Burstable");
            Api.Reply refused = api.post("/api/v1/namespaces/default/persistentvolumeclaims",
                    "{'metadata':{'name':'big'},'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':"
                            + "{'storage':'2Gi'}}}}")
                    .expect(403);
            assertThat(refused.message()).isEqualTo("persistentvolumeclaims \"big\" is forbidden: maximum storage "
                    + "usage per PersistentVolumeClaim is 1Gi, but request is 2Gi");
        }
    }

    @Test
    void prioritiesComeFromClasses() {
        try (TestApi gateway = new TestApi()) {
            Api api = gateway.api();
            String classes = "/apis/scheduling.k8s.io/v1/priorityclasses";
            api.post(classes, "{'metadata':{'name':'high'},'value':1000,'preemptionPolicy':'Never'}").expect(201);
            Api.Reply pod = api.post(TestApi.PODS, "{'metadata':{'name':'h'},'spec':{'priorityClassName':'high',"
                    + "'containers':[{'name':'c','image':'i'}]}}").expect(201);
            assertThat(pod.at("/spec/priority").asInt()).isEqualTo(1000);
            assertThat(pod.at("/spec/preemptionPolicy").asText()).isEqualTo("Never");
            assertThat(api.post(TestApi.PODS, "{'metadata':{'name':'u'},'spec':{'priorityClassName':'none',"
                    + "'containers':[{'name':'c','image':'i'}]}}").expect(403).message())
                    .isEqualTo("pods \"u\" is forbidden: no PriorityClass with name none was found");
            assertThat(api.post(TestApi.PODS, "{'metadata':{'name':'n'},'spec':{'priority':7,"
                    + "'containers':[{'name':'c','image':'i'}]}}").expect(403).message())
                    .contains("the integer value of priority (7) must not be provided in pod spec; priority "
                            + "admission controller computed 0 from the given PriorityClass name");
            api.post(classes, "{'metadata':{'name':'base'},'value':5,'globalDefault':true}").expect(201);
            gateway.gateway().registry().newest();
            assertThat(gateway.pod("d").at("/spec/priorityClassName").asText()).isEqualTo("base");
            assertThat(api.post(classes, "{'metadata':{'name':'two'},'value':6,'globalDefault':true}").expect(403)
                    .message()).contains("PriorityClass base is already marked as default. Only one default can exist");
        }
    }
}
