package dev.xebec.simulator.check;

import static dev.xebec.simulator.check.Samples.allocation;
import static dev.xebec.simulator.check.Samples.cpu;
import static dev.xebec.simulator.check.Samples.node;
import static dev.xebec.simulator.check.Samples.pod;
import static dev.xebec.simulator.check.WrittenLog.delete;

import dev.xebec.model.object.GroupVersionResource;
import org.junit.jupiter.api.Test;

class PlacementsTest {
    private static final String APART = ",'affinity':{'podAntiAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':"
            + "[{'topologyKey':'kubernetes.io/hostname','labelSelector':{'matchLabels':{'app':'x'}}}]}}";
    private static final String LABEL = ",'labels':{'app':'x'}";

    private final WrittenLog log = new WrittenLog(
            new Placements(new NodeRoom(), new HostPorts(), new HostAntiAffinity(), new NodeTerms()))
            .commit(node("n1", ""));

    private WrittenLog pending(String name, String more) {
        return log.commit(pod(name, "", more));
    }

    @Test
    void aNodeIsFilledToTheBrim() {
        pending("a", cpu("1500m")).commit(pod("a", "n1", cpu("1500m")));
        pending("b", cpu("500m")).commit(pod("b", "n1", cpu("500m")));
        pending("c", cpu("1m")).refused("node-room", pod("c", "n1", cpu("1m")));
    }

    @Test
    void twoBindsInOneRevisionCountBoth() {
        pending("a", cpu("1500m"));
        pending("b", cpu("600m")).refused("node-room", pod("a", "n1", cpu("1500m")), pod("b", "n1", cpu("600m")));
    }

    @Test
    void placesAreCounted() {
        for (String name : new String[]{"a", "b", "c", "e"}) {
            pending(name, "");
        }
        log.commit(pod("a", "n1", ""), pod("b", "n1", ""), pod("c", "n1", "")).refused("node-room", pod("e", "n1", ""));
    }

    @Test
    void whatIsFinishedOrGoneTakesNoRoom() {
        pending("a", cpu("2")).commit(pod("a", "n1", cpu("2")));
        log.commit(pod("a", "", "n1", cpu("2"), "'phase':'Succeeded'"));
        pending("b", cpu("2")).commit(pod("b", "n1", cpu("2"))).commit(WrittenLog.delete(Samples.PODS, "d", "b"));
        pending("c", cpu("2")).commit(pod("c", "n1", cpu("2")));
    }

    @Test
    void aPodBornBoundIsNotJudgedButCounted() {
        log.commit(pod("a", "n1", cpu("3")));
        pending("b", cpu("1m")).refused("node-room", pod("b", "n1", cpu("1m")));
    }

    @Test
    void aNodeThatShrankAfterTheDecisionIsNoWrong() {
        pending("a", cpu("2"));
        log.commit(WrittenLog.put(Samples.NODES,
                "{'apiVersion':'v1','kind':'Node','metadata':{'name':'n1','uid':'u-n1'},'status':{'allocatable':{'cpu':'1','pods':'3'}}}"));
        log.commit(pod("a", "n1", cpu("2")));
    }

    @Test
    void aNodeThatShrankBeforeThePodWasThereIs() {
        log.commit(WrittenLog.put(Samples.NODES,
                "{'apiVersion':'v1','kind':'Node','metadata':{'name':'n1','uid':'u-n1'},'status':{'allocatable':{'cpu':'1','pods':'3'}}}"));
        pending("a", cpu("2")).refused("node-room", pod("a", "n1", cpu("2")));
    }

    @Test
    void anInitContainerNeedsItsRoomAlone() {
        String more = cpu("1") + ",'initContainers':[{'name':'i','resources':{'requests':{'cpu':'2'}}}]";
        pending("a", more).commit(pod("a", "n1", more));
        pending("b", cpu("1m")).refused("node-room", pod("b", "n1", cpu("1m")));
    }

    @Test
    void aHostPortIsGivenOnce() {
        String port = ",'containers':[{'name':'c','ports':[{'hostPort':80,'protocol':'TCP'}]}]";
        String other = ",'containers':[{'name':'c','ports':[{'hostPort':80,'protocol':'UDP'}]}]";
        pending("a", port).commit(pod("a", "n1", port));
        pending("b", other).commit(pod("b", "n1", other));
        pending("c", port).refused("host-ports", pod("c", "n1", port));
    }

    @Test
    void aPodThatWantsToBeApartIs() {
        log.commit(pod("a", LABEL, "", "", "")).commit(pod("a", LABEL, "n1", "", ""));
        pending("b", APART).refused("host-anti-affinity", pod("b", "n1", APART));
    }

    @Test
    void aPodThatIsThereIsLeftApart() {
        pending("a", APART).commit(pod("a", "n1", APART));
        log.commit(pod("b", LABEL, "", "", "")).refused("host-anti-affinity", pod("b", LABEL, "n1", "", ""));
    }

    @Test
    void aLabelThatCameAfterTheDecisionIsNoWrong() {
        pending("a", "").commit(pod("a", "n1", ""));
        pending("b", APART);
        log.commit(pod("a", LABEL, "n1", "", "")).commit(pod("b", "n1", APART));
    }

    @Test
    void aNodeSelectorHolds() {
        String ssd = ",'nodeSelector':{'disk':'ssd'}";
        String tape = ",'nodeSelector':{'disk':'tape'}";
        pending("a", ssd).commit(pod("a", "n1", ssd));
        pending("b", tape).refused("node-terms", pod("b", "n1", tape));
    }

    @Test
    void aTaintKeepsPodsOutThatCameAfterIt() {
        pending("a", "");
        String tainted = "'taints':[{'key':'k','value':'v','effect':'NoSchedule'}]";
        log.commit(node("n1", tainted)).commit(pod("a", "n1", ""));
        pending("b", "").refused("node-terms", pod("b", "n1", ""));
    }

    @Test
    void aCordonedNodeTakesNobody() {
        log.commit(node("n1", "'unschedulable':true"));
        pending("a", "").refused("node-terms", pod("a", "n1", ""));
    }

    @Test
    void theNodeIsThere() {
        WrittenLog none = new WrittenLog(new Placements(new NodeTerms())).commit(pod("a", "", ""));
        none.refused("node-terms", pod("a", "n2", ""));
    }

    /** A node with its allocation, and pods a and b. */
    private static WrittenLog counted() {
        return new WrittenLog(new AllocationCounts()).commit(node("n1", ""), allocation("n1", 128))
                .commit(pod("a", "", ""), pod("b", "", ""));
    }

    @Test
    void anAllocationCountsWhatItIsGiven() {
        WrittenLog counted = counted().commit(pod("a", "n1", ""), allocation("n1", 129));
        counted.commit(pod("c", "n1", ""), allocation("n1", 130)).refused("allocation-counts", pod("b", "n1", ""));
    }

    @Test
    void anAllocationCountsNothingElse() {
        counted().refused("allocation-counts", allocation("n1", 129));
    }

    @Test
    void anAllocationCountsEachPodOnce() {
        counted().refused("allocation-counts", pod("a", "n1", ""), pod("b", "n1", ""), allocation("n1", 129));
    }

    @Test
    void anAllocationMadeAnewGoesOnBeyondItsPredecessor() {
        counted().commit(delete(GroupVersionResource.NODE_ALLOCATIONS, "", "n1")).commit(allocation("n1", 129));
        counted().commit(delete(GroupVersionResource.NODE_ALLOCATIONS, "", "n1")).refused("allocation-counts",
                allocation("n1", 128));
    }

    @Test
    void nobodyBindsByAnAllocationThatHeCannotHaveSeen() {
        WrittenLog lost = counted().commit(delete(GroupVersionResource.NODE_ALLOCATIONS, "", "n1"));
        lost.refused("allocation-counts", pod("a", "n1", ""), allocation("n1", 1_281));
    }

    @Test
    void aPodMayBeBornWithTheAllocationOfItsNode() {
        counted().commit(delete(GroupVersionResource.NODE_ALLOCATIONS, "", "n1")).commit(pod("c", "n1", ""),
                allocation("n1", 1_281));
    }

    @Test
    void aPodBornOnANodeThatIsNotThereIsCountedByNobody() {
        new WrittenLog(new AllocationCounts()).commit(pod("a", "n9", ""));
    }
}
