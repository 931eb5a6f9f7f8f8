package dev.xebec.simulator.history;

import static dev.xebec.simulator.history.Judgement.accepts;
import static dev.xebec.simulator.history.Judgement.refuses;
import static dev.xebec.simulator.history.Told.gone;
import static dev.xebec.simulator.history.Told.maps;
import static dev.xebec.simulator.history.Told.state;

import dev.xebec.simulator.history.Intent.Create;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists against the truth, and revisions against the clock. */
class ListAndTimeTest {
    private static final String TIME = "revisions in real time";
    private static final String LISTS = "lists";
    private static final ObjectState A = state("a", 5, "a");
    private static final ObjectState B = state("b", 8, "b");

    private static Told both() {
        return new Told().wrote(0, 10, new Create("a"), A).wrote(11, 20, new Create("b"), B);
    }

    @Test
    void acceptsRevisionsThatGoWithTime() {
        accepts(both().listed(21, 30, 8, A, B).listedAny(31, 32, 5, A));
    }

    @Test
    void acceptsAnyRevisionsOfWritesSideBySide() {
        accepts(new Told().wrote(0, 10, new Create("a"), A).wrote(5, 20, new Create("c"), state("c", 3, "c")));
    }

    @Test
    void refusesALaterWriteWithAnEarlierRevision() {
        refuses(new Told().wrote(0, 10, new Create("a"), A).wrote(11, 20, new Create("c"), state("c", 3, "c")), TIME,
                "revision 3", "µs after");
        refuses(new Told().wrote(0, 10, new Create("a"), A).wrote(11, 20, new Create("c"), state("c", 5, "c")), TIME);
    }

    @Test
    void refusesALinearizableListFromThePast() {
        refuses(both().listed(21, 30, 7, A), TIME, "the list of configmaps in work by reader at gw-1");
    }

    @Test
    void refusesAListThatLeavesSomethingOut() {
        refuses(both().listedAny(21, 30, 8, A), LISTS, "leaves out configmaps/work/b@8=b", "gw-1");
    }

    @Test
    void refusesAListThatShowsTheDeleted() {
        refuses(both().watched("w", maps(), 8, List.of(A, B), gone(A, 9)).listedAny(40, 50, 9, A, B), LISTS,
                "after the deletion of configmaps/work/a@9");
    }

    @Test
    void refusesAListThatShowsWhatIsOldOrNotYet() {
        ObjectState newer = state("a", 6, "a2");
        refuses(both().got(12, 13, "a", newer).listedAny(40, 50, 8, A, B), LISTS, "instead of");
        refuses(both().listedAny(40, 50, 7, A, B), LISTS, "shows the later");
    }

    @Test
    void refusesTwoStatesOfOneRevision() {
        refuses(both().listedAny(40, 50, 8, state("a", 5, "other"), B), LISTS, "two states of one revision");
    }

    @Test
    void refusesAListThatShowsAnObjectTwice() {
        refuses(both().listedAny(40, 50, 8, A, B, B), LISTS, "twice");
    }
}
