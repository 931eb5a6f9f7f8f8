package dev.xebec.simulator.check;

import static dev.xebec.simulator.check.Samples.cpu;
import static dev.xebec.simulator.check.Samples.node;
import static dev.xebec.simulator.check.Samples.pod;

import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.simulator.check.WrittenLog.Edit;
import org.junit.jupiter.api.Test;

class SettledTest {
    private static final String READY = "'podIP':'10.0.0.1','phase':'Running','conditions':[{'type':'Ready','status':'True'}]";

    private static WrittenLog pods() {
        return new WrittenLog(new SettledPods()).commit(node("n1", ""));
    }

    @Test
    void aPodThatFitsNowhereWaits() {
        pods().commit(pod("a", "", cpu("9"))).invariants().settled();
    }

    @Test
    void aPodThatFitsIsBound() {
        pods().commit(pod("a", "", cpu("1"))).unsettled("settled-pods");
    }

    @Test
    void roomThatIsTakenIsNoRoom() {
        pods().commit(pod("b", "n1", cpu("2"))).commit(pod("a", "", cpu("1"))).invariants().settled();
    }

    @Test
    void aPodOfANodeThatIsGoneIsGone() {
        pods().commit(pod("a", "n2", "")).unsettled("settled-pods");
    }

    @Test
    void aDeletionEnds() {
        pods().commit(pod("a", ",'deletionTimestamp':'2026-01-01T00:00:00Z'", "n1", "", "")).unsettled("settled-pods");
    }

    private static Edit namespace(String metadata) {
        return WrittenLog.put(GroupVersionResource.NAMESPACES,
                "{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'d','uid':'u-d'" + metadata + "}}");
    }

    private static WrittenLog owners() {
        return new WrittenLog(new SettledOwners()).commit(namespace(""));
    }

    @Test
    void whatIsOwnedHasAnOwner() {
        owners().commit(Samples.set("s", 1, "i")).unsettled("settled-owners");
        owners().commit(Samples.deployment(1, "")).commit(Samples.set("s", 1, "i")).invariants().settled();
    }

    @Test
    void whatIsInANamespaceHasANamespace() {
        WrittenLog log = owners().commit(pod("a", "", ""));
        log.invariants().settled();
        log.commit(WrittenLog.delete(GroupVersionResource.NAMESPACES, "", "d")).unsettled("settled-owners");
    }

    @Test
    void aTerminatingNamespaceEnds() {
        owners().commit(namespace(",'deletionTimestamp':'2026-01-01T00:00:00Z'")).unsettled("settled-owners");
    }

    private static Edit endpoints(String address) {
        return WrittenLog.put(GroupVersionResource.ENDPOINTS,
                "{'apiVersion':'v1','kind':'Endpoints','metadata':{'name':'s','namespace':'d','uid':'u-e'},'subsets':[{'addresses':[{'ip':'"
                        + address + "'}]}]}");
    }

    private static Edit slice(String address) {
        return WrittenLog.put(GroupVersionResource.ENDPOINT_SLICES,
                "{'apiVersion':'discovery.k8s.io/v1','kind':'EndpointSlice','metadata':{'name':'s-1','namespace':'d','uid':'u-l',"
                        + "'labels':{'kubernetes.io/service-name':'s'}},'endpoints':[{'addresses':['" + address
                        + "'],'conditions':{'ready':true}}]}");
    }

    private static WrittenLog served() {
        return new WrittenLog(new SettledEndpoints())
                .commit(WrittenLog.put(GroupVersionResource.SERVICES,
                        "{'apiVersion':'v1','kind':'Service','metadata':{'name':'s','namespace':'d','uid':'u-s'},'spec':{'selector':{'app':'x'},'ports':[{'port':80}]}}"))
                .commit(pod("a", ",'labels':{'app':'x'}", "n1", "", READY));
    }

    @Test
    void aServiceNamesItsReadyPods() {
        served().commit(endpoints("10.0.0.1")).commit(slice("10.0.0.1")).invariants().settled();
    }

    @Test
    void aServiceWithoutItsPodIsNotSettled() {
        served().unsettled("settled-endpoints");
        served().commit(slice("10.0.0.1")).unsettled("settled-endpoints");
        served().commit(endpoints("10.0.0.1")).commit(slice("10.0.0.2")).unsettled("settled-endpoints");
    }

    @Test
    void aServiceDoesNotNameWhatIsNotReady() {
        served().commit(endpoints("10.0.0.1")).commit(slice("10.0.0.1"))
                .commit(pod("a", ",'labels':{'app':'x'}", "n1", "", "'podIP':'10.0.0.1'"))
                .unsettled("settled-endpoints");
    }
}
