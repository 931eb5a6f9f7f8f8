package dev.xebec.gateway.api;

import static dev.xebec.gateway.testing.TestApi.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.api.BindRequest;
import dev.xebec.contracts.api.BindRequest.Bind;
import dev.xebec.contracts.api.BindRequest.Outcome;
import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.TestApi;
import dev.xebec.kit.client.Bindings;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Binding, one by one and in batches. */
class BindingTest {
    private static final String ALLOCATION = "/apis/cluster.xebec.dev/v1alpha1/nodeallocations/n";
    private final TestApi gateway = new TestApi();
    private final Api api = gateway.api();
    private long born;

    @AfterEach
    void close() {
        gateway.close();
    }

    private List<Outcome> bind(Bind... binds) {
        Api.Reply reply = api.post(Bindings.PATH, Bindings.toTree(new BindRequest(List.of(binds))).toString())
                .expect(200);
        return Bindings.results(reply.tree()).stream().map(BindRequest.Result::outcome).toList();
    }

    /** @param before binds to node n that are counted already */
    private Bind of(String name, Api.Reply pod, long before) {
        return new Bind("default", name, pod.uid(), pod.revision(), "n", born + before);
    }

    /** Makes node n, whose count begins somewhere. */
    private void node() {
        gateway.node("n");
        born = count();
    }

    private long count() {
        return api.get(ALLOCATION).expect(200).at("/spec/binds").asLong();
    }

    @Test
    void aBatchBindsEachPodAndCountsTheNodesBinds() {
        node();
        Api.Reply a = gateway.pod("a");
        Api.Reply b = gateway.pod("b");
        assertThat(bind(of("a", a, 0), of("b", b, 1))).containsExactly(Outcome.BOUND, Outcome.BOUND);
        Api.Reply bound = api.get(PODS + "/a").expect(200);
        assertThat(bound.at("/spec/nodeName").asText()).isEqualTo("n");
        assertThat(bound.at("/status/conditions/0/type").asText()).isEqualTo("PodScheduled");
        assertThat(bound.at("/status/conditions/0/status").asText()).isEqualTo("True");
        Api.Reply allocation = api.get(ALLOCATION).expect(200);
        assertThat(count() - born).isEqualTo(2);
        assertThat(allocation.at("/metadata/ownerReferences/0/uid").asText()).as("it goes when its node goes")
                .isEqualTo(api.get("/api/v1/nodes/n").expect(200).uid());
        assertThat(bind(of("b", api.get(PODS + "/b"), 2))).containsExactly(Outcome.REFUSED);
    }

    @Test
    void theSecondSchedulerOfANodeIsToldSo() {
        node();
        Api.Reply a = gateway.pod("a");
        Api.Reply b = gateway.pod("b");
        assertThat(bind(of("a", a, 0))).containsExactly(Outcome.BOUND);
        assertThat(bind(of("b", b, 0))).containsExactly(Outcome.NODE_TAKEN);
        assertThat(api.get(PODS + "/b").at("/spec/nodeName").isMissingNode()).isTrue();
        assertThat(bind(of("b", b, 1))).containsExactly(Outcome.BOUND);
    }

    @Test
    void aChangedOrMissingPodAndAMissingNodeAreTold() {
        node();
        Api.Reply a = gateway.pod("a");
        api.merge(PODS + "/a", "{'metadata':{'labels':{'x':'y'}}}").expect(200);
        Api.Reply b = gateway.pod("b");
        assertThat(bind(of("a", a, 0), of("none", b, 0),
                new Bind("default", "b", b.uid(), b.revision(), "nowhere", 0), of("b", b, 0)))
                .containsExactly(Outcome.POD_CHANGED, Outcome.GONE, Outcome.GONE, Outcome.BOUND);
    }

    @Test
    void thePlainBindingRetriesAndRefusesASecondNode() {
        node();
        gateway.pod("a");
        api.post(PODS + "/a/binding", "{'metadata':{'name':'a'},'target':{'name':'nowhere'}}").expect(404);
        api.post(PODS + "/a/binding",
                "{'apiVersion':'v1','kind':'Binding','metadata':{'name':'a'},'target':{'name':'n'}}").expect(201);
        assertThat(
                api.post(PODS + "/a/binding", "{'metadata':{'name':'a'},'target':{'name':'n'}}").expect(409).message())
                .contains("already assigned");
        assertThat(count() - born).isEqualTo(1);
        gateway.pod("b");
        api.post("/api/v1/namespaces/default/bindings", "{'metadata':{'name':'b'},'target':{'name':'n'}}").expect(201);
        assertThat(api.get(PODS + "/b").at("/spec/nodeName").asText()).isEqualTo("n");
    }

    @Test
    void aBindingsLabelsAndAnnotationsBecomeThePods() {
        node();
        api.post(PODS, "{'metadata':{'name':'a','labels':{'app':'a','zone':'old'}},"
                + "'spec':{'containers':[{'name':'c','image':'i'}]}}").expect(201);
        api.merge(PODS + "/a/status",
                "{'status':{'nominatedNodeName':'m','conditions':[{'type':'PodScheduled','status':'False','reason':'Full'},"
                        + "{'type':'Other','status':'True'}]}}")
                .expect(200);
        api.post(PODS + "/a/binding", "{'metadata':{'name':'a','labels':{'zone':'z'},'annotations':{'by':'me'}},"
                + "'target':{'name':'n'}}").expect(201);
        Api.Reply bound = api.get(PODS + "/a").expect(200);
        assertThat(bound.at("/metadata/labels").toString()).isEqualTo("{\"app\":\"a\",\"zone\":\"z\"}");
        assertThat(bound.at("/metadata/annotations/by").asText()).isEqualTo("me");
        assertThat(bound.at("/status/nominatedNodeName").isMissingNode()).isTrue();
        assertThat(bound.at("/status/conditions/0/lastProbeTime").isNull()).isTrue();
        assertThat(bound.at("/status/conditions/0/reason").isMissingNode()).isTrue();
        assertThat(bound.at("/status/conditions").findValuesAsText("type")).containsExactly("PodScheduled", "Other");
    }

    @Test
    void theOlderPathJudgesTheTargetFirstAndMindsTheRevisionAlone() {
        node();
        gateway.pod("a");
        String path = "/api/v1/namespaces/default/bindings";
        assertThat(api.post(path, "{}").expect(500).message()).isEqualTo("target.name: Required value");
        assertThat(api.post(path, "{'target':{'name':'n'}}").expect(400).message())
                .isEqualTo("Name parameter required.");
        assertThat(api.post(path, "{'metadata':{'name':'a','resourceVersion':'1'},'target':{'name':'n'}}").expect(409)
                .message()).contains("Precondition failed: ResourceVersion in precondition: 1");
        api.post(path, "{'metadata':{'name':'a','uid':'another'},'target':{'name':'n'}}").expect(201);
    }

    @Test
    void aWriteToTheAllocationByTheApiDoesNotMakeTheNodeUnbindable() {
        node();
        Api.Reply a = gateway.pod("a");
        assertThat(bind(of("a", a, 0))).containsExactly(Outcome.BOUND);
        api.merge(ALLOCATION, "{'metadata':{'annotations':{'by':'hand'}}}").expect(200);
        Api.Reply b = gateway.pod("b");
        assertThat(bind(of("b", b, 0))).as("decided before a was bound").containsExactly(Outcome.NODE_TAKEN);
        assertThat(bind(of("b", b, 1))).containsExactly(Outcome.BOUND);
        Api.Reply allocation = api.get(ALLOCATION).expect(200);
        assertThat(count() - born).isEqualTo(2);
        assertThat(allocation.at("/metadata/annotations/by").asText()).isEqualTo("hand");
        gateway.pod("c");
        api.post(PODS + "/c/binding", "{'metadata':{'name':'c'},'target':{'name':'n'}}").expect(201);
    }

    @Test
    void aSecondBindOfARequestDoesNotPassOnTheBindOfAnotherScheduler() {
        node();
        Api.Reply mine = gateway.pod("mine");
        Api.Reply also = gateway.pod("also");
        assertThat(bind(of("other", gateway.pod("other"), 0))).containsExactly(Outcome.BOUND);
        assertThat(bind(of("mine", mine, 0), of("also", also, 1))).containsExactly(Outcome.NODE_TAKEN,
                Outcome.NODE_TAKEN);
    }

    @Test
    void moreBindsToANodeThanATransactionHolds() {
        node();
        Bind[] binds = new Bind[150];
        for (int i = 0; i < binds.length; i++) {
            binds[i] = of("p" + i, gateway.pod("p" + i), i);
        }
        assertThat(bind(binds)).hasSize(150).containsOnly(Outcome.BOUND);
        assertThat(count() - born).isEqualTo(150);
    }

    @Test
    void aPodThatIsNamedTwiceIsBoundOnce() {
        node();
        Api.Reply a = gateway.pod("a");
        assertThat(bind(of("a", a, 0), of("a", a, 1))).containsExactly(Outcome.BOUND, Outcome.POD_CHANGED);
        assertThat(count() - born).isEqualTo(1);
    }

    @Test
    void aPodThatIsCreatedOnANodeCountsLikeABind() {
        node();
        Api.Reply b = gateway.pod("b");
        api.post(PODS, "{'metadata':{'name':'a'},'spec':{'nodeName':'n','containers':[{'name':'c','image':'i'}]}}")
                .expect(201);
        assertThat(count() - born).isEqualTo(1);
        assertThat(bind(of("b", b, 0))).as("decided before a was there").containsExactly(Outcome.NODE_TAKEN);
        assertThat(bind(of("b", b, 1))).containsExactly(Outcome.BOUND);
    }

    /** A scheduler that had stopped before bound by a count that the node's second allocation had reached again. */
    @Test
    void aCountFromBeforeTheNodeWasMadeAnewBindsNothing() {
        node();
        Api.Reply late = gateway.pod("late");
        Api.Reply alsoLate = gateway.pod("also-late");
        assertThat(bind(of("a", gateway.pod("a"), 0), of("b", gateway.pod("b"), 1))).containsOnly(Outcome.BOUND);
        long before = born;
        api.delete("/api/v1/nodes/n").expect(200);
        api.delete(ALLOCATION).expect(200);
        node();
        assertThat(born).isGreaterThan(before + 2);
        assertThat(bind(of("c", gateway.pod("c"), 0), of("d", gateway.pod("d"), 1))).containsOnly(Outcome.BOUND);
        born = before;
        assertThat(bind(of("late", late, 0))).containsExactly(Outcome.NODE_TAKEN);
        assertThat(bind(of("late", late, 2))).containsExactly(Outcome.NODE_TAKEN);
        assertThat(bind(new Bind("default", "also-late", "", alsoLate.revision(), "n", 0)))
                .containsExactly(Outcome.NODE_TAKEN);
    }

    /** Many binds share a revision, so that counts run ahead of revisions. */
    @Test
    void aCountThatRanAheadOfTheRevisionsIsNotReachedAgain() {
        Bind[] binds = new Bind[60];
        Api.Reply[] pods = new Api.Reply[binds.length];
        for (int at = 0; at < binds.length; at++) {
            pods[at] = gateway.pod("p" + at);
        }
        node();
        for (int at = 0; at < binds.length; at++) {
            binds[at] = of("p" + at, pods[at], at);
        }
        assertThat(bind(binds)).containsOnly(Outcome.BOUND);
        long reached = count();
        api.delete("/api/v1/nodes/n").expect(200);
        api.delete(ALLOCATION).expect(200);
        node();
        assertThat(born).isGreaterThan(reached);
    }

    @Test
    void aNodeWhoseCountIsGoneGetsOneThatMustBeSeenFirst() {
        node();
        assertThat(bind(of("a", gateway.pod("a"), 0))).containsExactly(Outcome.BOUND);
        long before = count();
        api.delete(ALLOCATION).expect(200);
        Api.Reply b = gateway.pod("b");
        assertThat(bind(new Bind("default", "b", b.uid(), b.revision(), "n", 0))).as("as if nothing was there")
                .containsExactly(Outcome.NODE_TAKEN);
        born = count();
        assertThat(born).isGreaterThan(before);
        assertThat(bind(of("b", b, 0))).containsExactly(Outcome.BOUND);
        api.delete(ALLOCATION).expect(200);
        gateway.pod("c");
        api.post(PODS + "/c/binding", "{'metadata':{'name':'c'},'target':{'name':'n'}}").expect(201);
    }

    @Test
    void aNodeThatComesBackBeforeItsAllocationIsGoneGoesOnCounting() {
        node();
        assertThat(bind(of("a", gateway.pod("a"), 0))).containsExactly(Outcome.BOUND);
        long before = count();
        api.delete("/api/v1/nodes/n").expect(200);
        node();
        assertThat(born).isEqualTo(before);
        assertThat(api.get(ALLOCATION).at("/metadata/ownerReferences/0/uid").asText())
                .isEqualTo(api.get("/api/v1/nodes/n").expect(200).uid());
    }

    @Test
    void servicesGetAddressesOfTheirOwnAndGiveThemBack() {
        String services = "/api/v1/namespaces/default/services";
        String body = "{'metadata':{'name':'s'},'spec':{'ports':[{'port':80}]}}";
        String first = api.post(services, body).expect(201).at("/spec/clusterIP").asText();
        String second = api.post(services, body.replace("'s'", "'t'")).expect(201).at("/spec/clusterIP").asText();
        assertThat(first).startsWith("127.128.").isNotEqualTo(second);
        assertThat(api.post(services, body.replace("'s'", "'u'").replace("{'ports'", "{'clusterIP':'" + first
                + "','ports'")).expect(422).message()).contains("already allocated");
        assertThat(api.merge(services + "/s", "{'metadata':{'labels':{'a':'b'}}}").expect(200).at("/spec/clusterIP")
                .asText()).isEqualTo(first);
        api.delete(services + "/s").expect(200);
        assertThat(api.post(services, body.replace("'s'", "'u'").replace("{'ports'", "{'clusterIP':'" + first
                + "','ports'")).expect(201).at("/spec/clusterIP").asText()).isEqualTo(first);
        assertThat(api.post(services, body.replace("'s'", "'h'").replace("{'ports'", "{'clusterIP':'None','ports'"))
                .expect(201).at("/spec/clusterIP").asText()).isEqualTo("None");
    }
}
