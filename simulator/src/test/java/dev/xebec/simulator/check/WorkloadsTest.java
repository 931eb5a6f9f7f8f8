package dev.xebec.simulator.check;

import static dev.xebec.simulator.check.Samples.deployment;
import static dev.xebec.simulator.check.Samples.set;

import dev.xebec.controller.object.StableName;
import dev.xebec.simulator.check.WrittenLog.Edit;
import org.junit.jupiter.api.Test;

class WorkloadsTest {
    private static final String READY = "'phase':'Running','conditions':[{'type':'Ready','status':'True'}]";

    private static String slot(int number) {
        return StableName.of("s", StableName.suffix(5, "u-s", Integer.toString(number)));
    }

    private static Edit pod(int slot) {
        return named(slot(slot), "'phase':'Pending'");
    }

    private static Edit named(String name, String status) {
        return Samples.pod(name, Samples.owned("ReplicaSet", "s", "u-s"), "n1", "", status);
    }

    private static Edit gone(int slot) {
        return WrittenLog.delete(Samples.PODS, "d", slot(slot));
    }

    private static WrittenLog sized() {
        return new WrittenLog(new ReplicaSetSize()).commit(set("s", 2, "i"));
    }

    @Test
    void aSetFillsItsSlots() {
        sized().commit(pod(0)).commit(pod(1)).refused("replica-set-size", pod(2));
    }

    @Test
    void aSlotFollowsFromItsNumber() {
        sized().commit(pod(0)).refused("replica-set-size", named("s-xyzxy", ""));
    }

    @Test
    void aSlotIsAmongTheFirst() {
        sized().commit(pod(0)).refused("replica-set-size", pod(5));
    }

    @Test
    void whatHasFailedIsReplaced() {
        sized().commit(pod(0)).commit(pod(1)).commit(named(slot(0), "'phase':'Failed'")).commit(pod(2))
                .refused("replica-set-size", pod(3));
    }

    @Test
    void aFreedSlotMayBeFilledOnceTooOften() {
        WrittenLog log = sized().commit(pod(0)).commit(pod(1)).commit(gone(0)).commit(pod(0)).commit(pod(2));
        log.refused("replica-set-size", pod(3));
    }

    @Test
    void strictlyNoPodIsTooMany() {
        WrittenLog log = new WrittenLog(new NoSurplusPod()).commit(set("s", 2, "i")).commit(pod(0)).commit(pod(1))
                .commit(gone(0)).commit(pod(0));
        log.refused("no-surplus-pod", pod(2));
    }

    @Test
    void whoHasNotSeenTheScaleDownIsExcused() {
        new WrittenLog(new NoSurplusPod()).commit(set("s", 2, "i")).commit(pod(0)).commit(set("s", 1, "i"))
                .commit(pod(1));
    }

    @Test
    void aTemplateHasOneSet() {
        WrittenLog log = new WrittenLog(new OneSetPerTemplate()).commit(set("s", 1, "i")).commit(set("t", 1, "j"));
        log.refused("one-set-per-template", set("u", 1, "i"));
    }

    @Test
    void aSetThatIsGoneMayBeMadeAnew() {
        new WrittenLog(new OneSetPerTemplate()).commit(set("s", 1, "i"))
                .commit(WrittenLog.delete(Samples.SETS, "d", "s")).commit(set("s", 1, "i"));
    }

    private static WrittenLog rollout() {
        return new WrittenLog(new RolloutBounds()).commit(deployment(4, "")).commit(set("old", 4, "i"));
    }

    @Test
    void aRolloutGoesStepByStep() {
        rollout().commit(set("new", 1, "j")).commit(set("old", 2, "i")).commit(set("new", 3, "j"))
                .commit(set("old", 0, "i")).commit(set("new", 4, "j"));
    }

    @Test
    void aRolloutLeavesEnough() {
        rollout().commit(set("new", 1, "j")).refused("rollout-bounds", set("old", 1, "i"));
    }

    @Test
    void aRolloutMakesNoneTooMany() {
        rollout().refused("rollout-bounds", set("new", 6, "j"));
        rollout().commit(set("new", 1, "j")).refused("rollout-bounds", set("new", 2, "j"));
    }

    @Test
    void aResizeIsJudgedByThePictureItWasMadeFrom() {
        // Two controllers shrink two sets, neither of which has seen the other's step.
        WrittenLog log = new WrittenLog(new RolloutBounds()).commit(deployment(4, "")).commit(set("a", 3, "i"))
                .commit(set("b", 2, "j"));
        log.commit(set("a", 1, "i")).commit(set("b", 0, "j"));
        log.refused("rollout-bounds", set("a", 0, "i"));
    }

    private static final String DONE = "'observedGeneration':1,'replicas':1,'updatedReplicas':1,'readyReplicas':1,'availableReplicas':1";

    private static WrittenLog settled() {
        return new WrittenLog(new SettledWorkloads()).commit(deployment(1, DONE)).commit(set("s", 1, "i", DONE))
                .commit(named(slot(0), READY));
    }

    @Test
    void aFinishedRolloutIsSettled() {
        settled().invariants().settled();
    }

    @Test
    void aSetHasAllItsPods() {
        settled().commit(gone(0)).unsettled("settled-workloads");
        settled().commit(pod(1)).unsettled("settled-workloads");
    }

    @Test
    void aBoundPodIsReady() {
        settled().commit(named(slot(0), "'phase':'Running'")).unsettled("settled-workloads");
    }

    @Test
    void aSetSaysWhatItHas() {
        settled().commit(set("s", 1, "i", "'replicas':1")).unsettled("settled-workloads");
    }

    @Test
    void aDeploymentIsObservedAndComplete() {
        settled().commit(deployment(1, DONE.replace("'observedGeneration':1", "'observedGeneration':0")))
                .unsettled("settled-workloads");
        settled().commit(deployment(1, DONE.replace("'updatedReplicas':1", "'updatedReplicas':0")))
                .unsettled("settled-workloads");
    }
}
