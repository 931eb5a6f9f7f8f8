package dev.xebec.simulator.history;

import static dev.xebec.simulator.history.Judgement.accepts;
import static dev.xebec.simulator.history.Judgement.refuses;
import static dev.xebec.simulator.history.Told.state;

import dev.xebec.simulator.history.Intent.Create;
import dev.xebec.simulator.history.Intent.Delete;
import dev.xebec.simulator.history.Intent.Patch;
import dev.xebec.simulator.history.Intent.Update;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearizabilityCheckTest {
    private static final String CHECK = "linearizable";

    private static Told created() {
        return new Told().wrote(0, 10, new Create("a"), state("m", 5, "a"));
    }

    @Test
    void acceptsAnObjectsLifeOneAfterTheOther() {
        accepts(created().got(11, 12, "m", state("m", 5, "a")).wrote(13, 20, new Update(5, "b"), state("m", 6, "b"))
                .refused(21, 22, "m", new Update(5, "c"), "Conflict")
                .refused(23, 24, "m", new Create("d"), "AlreadyExists")
                .wrote(25, 26, new Patch(0, "e"), state("m", 9, "e")).deleted(27, 28, "m", 9).got(29, 30, "m", null)
                .refused(31, 32, "m", new Update(9, "f"), "NotFound")
                .wrote(33, 34, new Create("g"), state("m", 12, "g")));
    }

    @Test
    void acceptsEitherAnswerToAReadBesideAWrite() {
        accepts(created().wrote(20, 30, new Update(5, "b"), state("m", 6, "b")).got(25, 26, "m", state("m", 5, "a")));
        accepts(created().wrote(20, 30, new Update(5, "b"), state("m", 6, "b")).got(25, 26, "m", state("m", 6, "b")));
    }

    @Test
    void refusesAStaleRead() {
        refuses(created().wrote(20, 30, new Update(5, "b"), state("m", 6, "b")).got(31, 32, "m", state("m", 5, "a")),
                CHECK, "m@5=a", "reader at gw-1");
    }

    @Test
    void refusesAReadThatMissesAnAcknowledgedObject() {
        refuses(created().got(11, 12, "m", null), CHECK, "read by reader at gw-1 of nothing");
        refuses(created().listed(11, 12, 6), CHECK, "of nothing");
    }

    @Test
    void refusesTwoSwapsOfOneRevision() {
        refuses(created().wrote(20, 30, new Update(5, "b"), state("m", 6, "b"))
                .wrote(20, 30, new Update(5, "c"), state("m", 7, "c")), CHECK, "no order");
    }

    @Test
    void refusesAConflictThatWasNone() {
        refuses(created().refused(20, 30, "m", new Update(5, "b"), "Conflict"), CHECK);
        refuses(created().refused(20, 30, "m", new Update(5, "b"), "NotFound"), CHECK);
        refuses(created().deleted(20, 21, "m", 0).refused(22, 30, "m", new Create("b"), "AlreadyExists"), CHECK);
    }

    @Test
    void refusesADeletionThatComesBack() {
        refuses(created().deleted(20, 21, "m", 0).got(22, 23, "m", state("m", 5, "a")), CHECK);
    }

    @Test
    void letsAWriteWithoutAnAnswerHappenLateOrNever() {
        Update lost = new Update(5, "b");
        accepts(created().unanswered(20, 30, "m", lost).got(31, 32, "m", state("m", 5, "a")));
        accepts(created().unanswered(20, 30, "m", lost).got(31, 32, "m", state("m", 5, "a")).got(33, 34, "m",
                state("m", 6, "b")));
        accepts(created().unanswered(20, 30, "m", lost).unanswered(20, 30, "m", new Delete(0)).got(31, 32, "m", null));
        accepts(created().unanswered(20, 30, "m", new Patch(0, "x")).refused(31, 32, "m", new Update(5, "c"),
                "Conflict"));
    }

    @Test
    void refusesAWriteWithoutAnAnswerThatComesAndGoes() {
        refuses(created().unanswered(20, 30, "m", new Update(5, "b")).got(31, 32, "m", state("m", 6, "b")).got(33, 34,
                "m", state("m", 5, "a")), CHECK);
        refuses(created().got(15, 16, "m", state("m", 6, "b")).unanswered(20, 30, "m", new Update(5, "b")), CHECK);
    }

    @Test
    void refusesARevisionThatGoesBack() {
        refuses(created().wrote(20, 30, new Patch(0, "b"), state("m", 4, "b")), CHECK);
    }

    /** Histories made from a known order with every operation blurred in time are accepted; with one falsified, refused. */
    @Test
    void tellsLongHistoriesFromFalsifiedOnes() {
        for (long seed = 0; seed < 30; seed++) {
            accepts(blurred(seed, -1));
            refuses(blurred(seed, 100), CHECK);
        }
    }

    private static Told blurred(long seed, int falsified) {
        Random random = new Random(seed);
        Told told = new Told().wrote(-200, -100, new Create("first"), state("m", 1, "first"));
        ObjectState present = state("m", 1, "first");
        for (int moment = 0; moment < 200; moment++) {
            long begun = 10L * moment - random.nextInt(10);
            long ended = 10L * moment + random.nextInt(10);
            if (moment == falsified) {
                told.got(begun, ended, "m", state("m", present.revision() + 1, "never"));
            } else if (random.nextBoolean()) {
                told.got(begun, ended, "m", present);
            } else {
                ObjectState next = state("m", moment + 2, "v" + moment);
                Update update = new Update(present.revision(), "v" + moment);
                if (random.nextInt(5) == 0) {
                    told.unanswered(begun, ended, "m", update).got(begun, ended + 10, "m", next);
                } else {
                    told.wrote(begun, ended, update, next);
                }
                present = next;
            }
        }
        return told;
    }
}
