package dev.xebec.simulator.history;

import static dev.xebec.simulator.history.Judgement.accepts;
import static dev.xebec.simulator.history.Judgement.refuses;
import static dev.xebec.simulator.history.Told.added;
import static dev.xebec.simulator.history.Told.bookmark;
import static dev.xebec.simulator.history.Told.gone;
import static dev.xebec.simulator.history.Told.maps;
import static dev.xebec.simulator.history.Told.modified;
import static dev.xebec.simulator.history.Told.state;

import java.util.List;
import org.junit.jupiter.api.Test;

/** etcd's nine watch properties, at the Kubernetes API. Source: etcd, tests/robustness/validate. */
class WatchCheckTest {
    private static final String VIEW = "watches in themselves";
    private static final String COVERAGE = "watches leave nothing out";
    private static final ObjectState A1 = state("a", 1, "a1");
    private static final ObjectState A3 = state("a", 3, "a3");
    private static final ObjectState B4 = state("b", 4, "b4");
    private static final ObjectState A6 = state("a", 6, "a6");

    private static Told good() {
        return new Told().watched("w", maps(), 2, List.of(A1), modified(A3), added(B4), gone(A3, 5), added(A6),
                bookmark(7));
    }

    @Test
    void acceptsEqualWatches() {
        accepts(good().watched("v", maps(), 3, List.of(A3), added(B4), gone(A3, 5), added(A6)));
    }

    @Test
    void acceptsAWatchThatGoesOnElsewhere() {
        accepts(good().watched("v", maps(), 2, List.of(A1), Entry.End.CUT, modified(A3), added(B4)).resumed("v", maps(),
                4,
                gone(A3, 5), added(A6), bookmark(9)));
    }

    @Test
    void acceptsThatACutTakesWhatWasOnItsWay() {
        accepts(good().watched("v", maps(), 2, List.of(A1), Entry.End.CUT, modified(A3)).resumed("v", maps(), 3,
                added(B4)));
    }

    @Test
    void orderedIsRefusedWhereItIsNot() {
        refuses(new Told().watched("w", maps(), 2, List.of(A1), added(B4), modified(A3)), VIEW, "not in order", "gw-w");
    }

    @Test
    void uniqueIsRefusedWhereItIsNot() {
        refuses(new Told().watched("w", maps(), 2, List.of(A1), modified(A3), modified(A3)), VIEW, "twice");
        refuses(new Told().watched("w", maps(), 3, List.of(A3), modified(A3)), VIEW);
        refuses(good().watched("v", maps(), 2, List.of(A1), Entry.End.CUT, modified(A3)).resumed("v", maps(), 3,
                modified(A3), added(B4)), VIEW, "twice");
    }

    @Test
    void reliableIsRefusedWhereOthersSawMore() {
        refuses(good().watched("v", maps(), 2, List.of(A1), modified(A3), gone(A3, 5), added(A6), bookmark(7)),
                COVERAGE,
                "v at gw-v was not sent configmaps/work/b@4=b4", "3 and 5");
    }

    @Test
    void reliableIsRefusedWhereAnAcknowledgedWriteIsLeftOut() {
        refuses(new Told().watched("w", maps(), 2, List.of(A1), bookmark(7)).wrote(30, 40, new Intent.Create("b4"), B4),
                COVERAGE, "acknowledged to writer at gw-0");
    }

    @Test
    void reliableIsRefusedWhereADeletionIsLeftOut() {
        refuses(good().watched("v", maps(), 2, List.of(A1), modified(A3), added(B4), bookmark(5)), COVERAGE,
                "deletion of configmaps/work/a@5");
    }

    @Test
    void resumableIsRefusedWhereSomethingFallsBetween() {
        refuses(good().watched("v", maps(), 2, List.of(A1), Entry.End.CUT, modified(A3)).resumed("v", maps(), 3,
                gone(A3, 5), added(A6)), COVERAGE, "gw-other was not sent", "b@4");
        refuses(good().watched("v", maps(), 2, List.of(A1), Entry.End.CUT, modified(A3)).resumed("v", maps(), 4,
                gone(A3, 5)), VIEW, "resumed from 4 instead of 3");
    }

    @Test
    void atomicIsRefusedWhereAResumptionSplitsARevision() {
        ObjectState c4 = state("c", 4, "c4");
        Told split = new Told().watched("w", maps(), 2, List.of(A1), added(B4), added(c4), bookmark(5));
        accepts(split.watched("v", maps(), 2, List.of(A1), Entry.End.CUT, added(B4)).resumed("v", maps(), 4, added(B4),
                added(c4), bookmark(5)));
        refuses(new Told().watched("w", maps(), 2, List.of(A1), added(B4), added(c4), bookmark(5))
                .watched("v", maps(), 2, List.of(A1), Entry.End.CUT, added(B4)).resumed("v", maps(), 4, bookmark(5)),
                COVERAGE, "c@4");
    }

    @Test
    void bookmarkableIsRefusedWhereABookmarkIsAhead() {
        refuses(new Told().watched("w", maps(), 2, List.of(A1), bookmark(4), modified(A3)), VIEW, "not in order");
        refuses(new Told().watched("w", maps(), 2, List.of(A1), bookmark(3), modified(A3)), VIEW, "all up to 3");
    }

    @Test
    void previousStateIsRefusedWhereItIsNot() {
        refuses(new Told().watched("w", maps(), 2, List.of(A1), modified(A3), gone(A1, 5)), VIEW, "not the last state");
        refuses(new Told().watched("w", maps(), 2, List.of(A1), gone(B4, 5)), VIEW, "had not seen the object");
    }

    @Test
    void isCreateIsRefusedWhereTheTypeIsWrong() {
        refuses(new Told().watched("w", maps(), 2, List.of(A1), added(A3)), VIEW, "it is not new");
        refuses(new Told().watched("w", maps(), 2, List.of(A1), modified(B4)), VIEW, "had not seen the object");
    }

    @Test
    void filterShowsWhoComesAndGoes() {
        ObjectState red = state("a", 3, "x", "colour", "red");
        ObjectState blue = state("a", 4, "y", "colour", "blue");
        Told all = new Told().watched("all", maps(), 2, List.of(), added(red), modified(blue), bookmark(9));
        accepts(all.watched("red", maps("colour", "red"), 2, List.of(), added(red), gone(red, 4), bookmark(9)));
        accepts(all.watched("blue", maps("colour", "blue"), 2, List.of(), added(blue), bookmark(9)));
    }

    @Test
    void filterIsRefusedWhereItIsWrong() {
        ObjectState red = state("a", 3, "x", "colour", "red");
        ObjectState blue = state("a", 4, "y", "colour", "blue");
        Scope reds = maps("colour", "red");
        refuses(colours(red, blue).watched("red", reds, 2, List.of(), added(red), bookmark(9)), COVERAGE, "a@4=y");
        refuses(colours(red, blue).watched("red", reds, 2, List.of(), added(red), modified(blue)), VIEW,
                "does not select");
        refuses(colours(red, blue).watched("red", reds, 2, List.of(), added(red), gone(blue, 4)), VIEW,
                "does not select");
        refuses(colours(red, blue).watched("red", reds, 2, List.of(), bookmark(9)), COVERAGE, "a@3=x");
        refuses(colours(red, blue).watched("red", reds, 2, List.of(), added(red), gone(red, 5), bookmark(9)), COVERAGE,
                "nobody else saw a change there");
    }

    private static Told colours(ObjectState red, ObjectState blue) {
        return new Told().watched("all", maps(), 2, List.of(), added(red), modified(blue), bookmark(9));
    }

    @Test
    void equalityIsRefusedWhereGatewaysShowTwoStates() {
        refuses(good().watched("v", maps(), 3, List.of(A3), added(state("b", 4, "other"))), "lists",
                "two states of one revision", "gw-w", "gw-v");
    }
}
