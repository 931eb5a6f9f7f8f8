package dev.xebec.simulator.history;

import static dev.xebec.simulator.history.Judgement.accepts;
import static dev.xebec.simulator.history.Judgement.refuses;
import static dev.xebec.simulator.history.Told.added;
import static dev.xebec.simulator.history.Told.allocation;
import static dev.xebec.simulator.history.Told.bookmark;
import static dev.xebec.simulator.history.Told.gone;
import static dev.xebec.simulator.history.Told.modified;
import static dev.xebec.simulator.history.Told.node;
import static dev.xebec.simulator.history.Told.pod;
import static dev.xebec.simulator.history.Told.state;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds of pods, nodes and what is left in the end. */
class ClusterCheckTest {
    private static final String CAPACITY = "nothing over-committed";
    private static final String LIFE = "one life for each pod";
    private static final String BINDING = "bindings are one transaction";
    private static final String END = "nothing acknowledged is lost";
    private static final Scope PODS = Scope.all("pods");
    private static final Scope ALLOCATIONS = Scope.all("nodeallocations.cluster.xebec.dev");

    private static Told nodes() {
        return new Told().watched("n", Scope.all("nodes"), 2,
                List.of(node("n1", 1, new Facts.Node(1_000, 1_000, 2))));
    }

    @Test
    void acceptsANodeThatIsFull() {
        accepts(nodes().watched("p", PODS, 2, List.of(), added(pod("a", 3, "n1", 500)), added(pod("b", 4, "n1", 500)),
                gone(pod("a", 3, "n1", 500), 5), added(pod("c", 6, "n1", 500))));
    }

    @Test
    void refusesMoreThanANodeHas() {
        refuses(nodes().watched("p", PODS, 2, List.of(), added(pod("a", 3, "n1", 500)), added(pod("b", 4, "n1", 501))),
                CAPACITY, "node n1 was over-committed at revision 4", "b@4");
        refuses(nodes().watched("p", PODS, 2, List.of(), added(pod("a", 3, "n1", 1)), added(pod("b", 4, "n1", 1)),
                added(pod("c", 5, "n1", 1))), CAPACITY, "revision 5");
    }

    @Test
    void countsPodsThatEndButNotThoseThatHaveFinished() {
        Facts.Pod finished = new Facts.Pod("", "n1", true, false, 600, 1);
        Facts.Pod ending = new Facts.Pod("", "n1", false, true, 600, 1);
        accepts(nodes().watched("p", PODS, 2, List.of(), added(pod("a", "u", 3, finished)),
                added(pod("b", 4, "n1", 600))));
        refuses(nodes().watched("p", PODS, 2, List.of(), added(pod("a", "u", 3, ending)),
                added(pod("b", 4, "n1", 600))), CAPACITY, "revision 4");
    }

    @Test
    void refusesAPodThatMoves() {
        refuses(new Told().watched("p", PODS, 2, List.of(), added(pod("a", 3, "", 1)), modified(pod("a", 4, "n1", 1)),
                modified(pod("a", 5, "n2", 1))), LIFE, "was on node n1 and is now on n2");
        refuses(new Told().watched("p", PODS, 2, List.of(), added(pod("a", 3, "n1", 1)), modified(pod("a", 4, "", 1))),
                LIFE, "now on none");
    }

    @Test
    void refusesASlotThatIsGivenTwice() {
        Facts.Pod facts = new Facts.Pod("set", "", false, false, 1, 1);
        refuses(new Told().watched("p", PODS, 2, List.of(), added(pod("a", "one", 3, facts)),
                modified(pod("a", "two", 4, facts))), LIFE, "took the place of");
        accepts(new Told().watched("p", PODS, 2, List.of(), added(pod("a", "one", 3, facts)),
                gone(pod("a", "one", 3, facts), 4), added(pod("a", "two", 5, facts))));
    }

    @Test
    void refusesMorePodsThanAreAskedForInTheEnd() {
        Facts.Pod facts = new Facts.Pod("uid-set", "", false, false, 1, 1);
        ObjectState set = new ObjectState(new ObjectId("replicasets.apps", "work", "set"), 2, "uid-set", "", "",
                Map.of(),
                new Facts.ReplicaSet(1));
        accepts(new Told().inTheEnd("gw-0", "replicasets.apps", 9, set).inTheEnd("gw-0", "pods", 9,
                pod("a", "1", 3, facts)));
        refuses(new Told().inTheEnd("gw-0", "replicasets.apps", 9, set).inTheEnd("gw-0", "pods", 9,
                pod("a", "1", 3, facts), pod("b", "2", 4, facts)), END,
                "asks for 1 pods and has 2");
    }

    private static Told bindings(WatchItem... allocations) {
        return new Told().watched("p", PODS, 2, List.of(), added(pod("a", 3, "", 1)), added(pod("b", 4, "", 1)),
                modified(pod("a", 6, "n1", 1)), modified(pod("b", 6, "n1", 1)), bookmark(9))
                .watched("c", ALLOCATIONS, 2, List.of(allocation("n1", 1, 7)), allocations);
    }

    @Test
    void acceptsPodsThatAreCountedAsTheyAreBound() {
        accepts(bindings(modified(allocation("n1", 6, 9)), bookmark(9)));
    }

    @Test
    void refusesPodsThatAreCountedWrongly() {
        refuses(bindings(modified(allocation("n1", 6, 8)), bookmark(9)), BINDING, "raised by 1");
        refuses(bindings(modified(allocation("n1", 7, 9)), bookmark(9)), BINDING, "did not change");
        refuses(bindings(bookmark(9)), BINDING, "2 pods were bound to n1 at revision 6");
    }

    @Test
    void refusesAnAcknowledgedWriteThatIsNotThereInTheEnd() {
        Told written = new Told().wrote(0, 1, new Intent.Create("a"), state("m", 5, "a"));
        accepts(written.inTheEnd("gw-0", "configmaps", 9, state("m", 5, "a")));
        refuses(written.inTheEnd("gw-1", "configmaps", 9), END, "m@5=a", "gw-1", "nobody deleted it");
    }

    @Test
    void refusesAnOlderStateInTheEnd() {
        refuses(new Told().wrote(0, 1, new Intent.Create("a"), state("m", 5, "a"))
                .wrote(2, 3, new Intent.Update(5, "b"), state("m", 7, "b"))
                .inTheEnd("gw-1", "configmaps", 9, state("m", 5, "a")), END, "older in the end");
    }

    @Test
    void acceptsThatSomebodyDeletedIt() {
        accepts(new Told().wrote(0, 1, new Intent.Create("a"), state("m", 5, "a")).deleted(2, 3, "m", 0)
                .inTheEnd("gw-1", "configmaps", 9));
        accepts(new Told().wrote(0, 1, new Intent.Create("a"), state("m", 5, "a")).unanswered(2, 3, "m",
                new Intent.Delete(0)).inTheEnd("gw-1", "configmaps", 9));
        refuses(new Told().wrote(0, 1, new Intent.Create("a"), state("m", 5, "a")).refused(2, 3, "m",
                new Intent.Delete(4), "Conflict").inTheEnd("gw-1", "configmaps", 9), END);
    }
}
