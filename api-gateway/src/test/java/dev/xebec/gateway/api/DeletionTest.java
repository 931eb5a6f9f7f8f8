package dev.xebec.gateway.api;

import static dev.xebec.gateway.testing.TestApi.CONFIG_MAPS;
import static dev.xebec.gateway.testing.TestApi.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.TestApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deletions, of one and of many, as a kube-apiserver 1.37.0 carried out the same ones. */
class DeletionTest {
    private final TestApi gateway = new TestApi();
    private final Api api = gateway.api();

    @AfterEach
    void close() {
        gateway.close();
    }

    private void held(String name, String finalizers) {
        api.post(CONFIG_MAPS, "{'metadata':{'name':'" + name + "','finalizers':[" + finalizers + "]}}").expect(201);
    }

    @Test
    void aCollectionIsDeletedInOneNamespaceOnly() {
        gateway.configMap("a").expect(201);
        assertThat(api.delete("/api/v1/configmaps").expect(405).reason()).isEqualTo("MethodNotAllowed");
        api.get(CONFIG_MAPS + "/a").expect(200);
    }

    @Test
    void aCollectionIsDeletedByThePage() {
        for (String name : new String[]{"a", "b", "c"}) {
            gateway.configMap(name).expect(201);
        }
        Api.Reply deleted = api.delete(CONFIG_MAPS + "?limit=2").expect(200);
        assertThat(deleted.names()).containsExactly("a", "b");
        assertThat(api.get(CONFIG_MAPS).names()).containsExactly("c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=abc", "continue=abc", "resourceVersionMatch=Exact", "sendInitialEvents=true",
            "timeoutSeconds=x", "labelSelector=!!"})
    void aSelectionThatIsNoneDeletesNothing(String query) {
        gateway.configMap("a").expect(201);
        assertThat(api.delete(CONFIG_MAPS + "?" + query).code()).isIn(400, 422);
        api.get(CONFIG_MAPS + "/a").expect(200);
    }

    @Test
    void whoSaysItInTheOldWayIsToldByTheCodeThatItIsNotGoneYet() {
        held("a", "'example.com/x'");
        api.delete(CONFIG_MAPS + "/a?orphanDependents=false").expect(202);
        held("b", "'example.com/x'");
        api.delete(CONFIG_MAPS + "/b").expect(200);
    }

    @Test
    void aPolicyThatIsThereAlreadyLeavesTheFinalizersInTheirOrder() {
        held("a", "'orphan','example.com/x'");
        assertThat(api.delete(CONFIG_MAPS + "/a?propagationPolicy=Orphan").expect(200).at("/metadata/finalizers")
                .toString()).isEqualTo("[\"orphan\",\"example.com/x\"]");
    }

    @Test
    void aNamespaceOnItsWayOutHasNoGraceAndChangesNoMore() {
        api.post("/api/v1/namespaces", "{'metadata':{'name':'n'}}").expect(201);
        Api.Reply first = api.delete("/api/v1/namespaces/n?propagationPolicy=Foreground").expect(200);
        assertThat(first.at("/metadata/deletionGracePeriodSeconds").isMissingNode()).isTrue();
        assertThat(first.at("/status/phase").asText()).isEqualTo("Terminating");
        Api.Reply second = api.delete("/api/v1/namespaces/n?propagationPolicy=Orphan").expect(200);
        assertThat(second.at("/metadata/finalizers").toString()).isEqualTo("[\"foregroundDeletion\"]");
    }

    @Test
    void aPodThatIsStoppingKeepsItsPolicy() {
        api.post(PODS, "{'metadata':{'name':'p','finalizers':['example.com/x']},'spec':{'nodeName':'n','containers':"
                + "[{'name':'c','image':'i'}]}}").expect(201);
        api.delete(PODS + "/p").expect(200);
        assertThat(api.delete(PODS + "/p?propagationPolicy=Foreground").expect(200).at("/metadata/finalizers")
                .toString()).isEqualTo("[\"example.com/x\"]");
    }

    @Test
    void whoDeletesAJobWithoutAPolicyIsToldOfItsPods() {
        String jobs = "/apis/batch/v1/namespaces/default/jobs";
        api.post(jobs, "{'metadata':{'name':'j'},'spec':{'template':{'spec':{'restartPolicy':'Never','containers':"
                + "[{'name':'c','image':'i'}]}}}}").expect(201);
        assertThat(api.delete(jobs + "/j?dryRun=All").expect(200).response().headers().get("Warning"))
                .contains("child pods are preserved by default when jobs are deleted");
        assertThat(api.delete(jobs + "/j?propagationPolicy=Background").expect(200).response().headers())
                .doesNotContainKey("Warning");
    }

    @Test
    void aRouteIsAskedForWhatItProducesLetterByLetter() {
        gateway.configMap("a").expect(201);
        assertThat(api.send("GET", CONFIG_MAPS + "/a", "", "application/*", dev.xebec.contracts.Bytes.EMPTY).expect(406)
                .message()).isEqualTo("406: Not Acceptable\n\nAvailable representations: application/json, "
                        + "application/yaml, application/vnd.kubernetes.protobuf");
        api.send("GET", CONFIG_MAPS + "/a", "", "text/html,*/*;q=0.1", dev.xebec.contracts.Bytes.EMPTY).expect(200);
    }
}
