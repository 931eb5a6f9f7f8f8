package dev.xebec.contracts.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.state.LinearizabilityChecker.Action;
import dev.xebec.contracts.state.LinearizabilityChecker.MaybeSwapped;
import dev.xebec.contracts.state.LinearizabilityChecker.NotSwapped;
import dev.xebec.contracts.state.LinearizabilityChecker.Operation;
import dev.xebec.contracts.state.LinearizabilityChecker.Read;
import dev.xebec.contracts.state.LinearizabilityChecker.Swapped;
import dev.xebec.contracts.state.LinearizabilityChecker.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LinearizabilityCheckerTest {

    @Test
    void acceptsCallsOneAfterTheOther() {
        accepts(op(0, 1, new Read(null)), op(2, 3, new Write("a")), op(4, 5, new Read("a")),
                op(6, 7, new Swapped("a", "b")), op(8, 9, new NotSwapped("a", "b")), op(10, 11, new Write(null)),
                op(12, 13, new Read(null)));
    }

    @Test
    void acceptsEitherOrderOfConcurrentCalls() {
        accepts(op(0, 10, new Write("a")), op(1, 9, new Write("b")), op(11, 12, new Read("a")));
        accepts(op(0, 10, new Write("a")), op(1, 9, new Write("b")), op(11, 12, new Read("b")));
        accepts(op(0, 10, new Write("a")), op(1, 2, new Read(null)), op(3, 4, new Read("a")));
    }

    @Test
    void refusesAnOldValueAfterANewerWasWritten() {
        refuses(op(0, 1, new Write("a")), op(2, 3, new Write("b")), op(4, 5, new Read("a")));
    }

    @Test
    void refusesReadsThatGoBack() {
        refuses(op(0, 1, new Write("a")), op(2, 20, new Write("b")), op(3, 4, new Read("b")), op(5, 6, new Read("a")));
    }

    @Test
    void refusesALostUpdate() {
        refuses(op(0, 1, new Write("a")), op(2, 5, new Swapped("a", "b")), op(3, 6, new Swapped("a", "c")));
    }

    @Test
    void refusesAValueThatNobodyWrote() {
        refuses(op(0, 1, new Write("a")), op(2, 3, new Read("b")));
    }

    @Test
    void refusesADoubtfulRefusal() {
        refuses(op(0, 1, new Write("a")), op(2, 3, new NotSwapped("a", "a")));
        refuses(op(0, 1, new Write("a")), op(2, 3, new NotSwapped("b", null)));
    }

    @Test
    void letsACallWithoutAnAnswerTakeEffectLateOrNever() {
        Operation unanswered = op(2, Operation.NEVER, new Write("b"));
        accepts(op(0, 1, new Write("a")), unanswered, op(3, 4, new Read("a")), op(5, 6, new Read("b")));
        accepts(op(0, 1, new Write("a")), unanswered, op(3, 4, new Read("a")), op(5, 6, new Read("a")));
        refuses(op(0, 1, new Write("a")), unanswered, op(3, 4, new Read("b")), op(5, 6, new Read("a")));
        Operation maybe = op(2, Operation.NEVER, new MaybeSwapped("a", "b"));
        accepts(op(0, 1, new Write("a")), maybe, op(3, 4, new Read("b")));
        refuses(op(0, 1, new Write("c")), maybe, op(3, 4, new Read("b")));
    }

    @Test
    void refusesEffectsBeforeTheCall() {
        refuses(op(0, 1, new Read("a")), op(2, 3, new Write("a")));
    }

    @Test
    void judgesKeysApartAndNamesTheWrongOne() {
        List<Operation> history = List.of(new Operation("good", 0, 1, new Write("a")),
                new Operation("good", 2, 3, new Read("a")), new Operation("wrong", 0, 1, new Write("a")),
                new Operation("wrong", 2, 3, new Read(null)));
        assertThat(LinearizabilityChecker.firstViolation(history)).contains("wrong");
    }

    /** A history made from a known order is accepted; with one read falsified it is refused. */
    @Test
    void tellsLongHistoriesFromFalsifiedOnes() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            List<Operation> history = new ArrayList<>();
            String state = null;
            for (int moment = 0; moment < 400; moment++) {
                long at = 10L * moment;
                Action action = random.nextBoolean() ? new Read(state) : new Write(state = "v" + moment);
                history.add(op(at - random.nextInt(40), at + random.nextInt(40), action));
            }
            accepts(history.toArray(Operation[]::new));
            int read = history.size() / 2;
            while (!(history.get(read).action() instanceof Read)) {
                read++;
            }
            Operation falsified = history.get(read);
            history.set(read, op(falsified.invoked(), falsified.returned(), new Read("v-never")));
            refuses(history.toArray(Operation[]::new));
        }
    }

    private static Operation op(long invoked, long returned, Action action) {
        return new Operation("k", invoked, returned, action);
    }

    private static void accepts(Operation... history) {
        assertThat(LinearizabilityChecker.firstViolation(List.of(history))).isEmpty();
    }

    private static void refuses(Operation... history) {
        assertThat(LinearizabilityChecker.firstViolation(List.of(history))).contains("k");
    }
}
