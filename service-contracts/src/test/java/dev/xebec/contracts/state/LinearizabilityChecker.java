package dev.xebec.contracts.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Judges histories of concurrent calls on registers: is there one order of the calls, each at some moment between its
 * invocation and its return, in which every answer is right? Keys are independent, so each is judged alone. Source: Wing
 * and Gong, Testing and Verifying Concurrent Objects, 1993, with the memory of Lowe, Testing for Linearizability, 2017.
 */
public final class LinearizabilityChecker {
    private LinearizabilityChecker() {}

    /** What was called and what came back. A value of null is an absent key. */
    public sealed interface Action {}

    public record Read(@Nullable String seen) implements Action {}

    public record Write(@Nullable String value) implements Action {}

    /** Took effect: the register held {@code expected}. */
    public record Swapped(@Nullable String expected, @Nullable String value) implements Action {}

    /** Took no effect: the register held {@code seen} instead of {@code expected}. */
    public record NotSwapped(@Nullable String expected, @Nullable String seen) implements Action {}

    /** A compare-and-set of which nobody knows what became. */
    public record MaybeSwapped(@Nullable String expected, @Nullable String value) implements Action {}

    /**
     * One call.
     *
     * @param returned a moment after the answer came; {@link #NEVER} when none came, so that it may have taken effect at
     *     any time after {@code invoked}, or not at all
     */
    public record Operation(String key, long invoked, long returned, Action action) {
        public static final long NEVER = Long.MAX_VALUE;
    }

    /** The first key whose history has no such order; empty when all have one. */
    public static Optional<String> firstViolation(List<Operation> history) {
        Map<String, List<Operation>> byKey = new TreeMap<>();
        for (Operation operation : history) {
            byKey.computeIfAbsent(operation.key(), key -> new ArrayList<>()).add(operation);
        }
        return byKey.entrySet().stream().filter(entry -> !isLinearizable(entry.getValue())).map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean isLinearizable(List<Operation> operations) {
        Event head = events(operations);
        BitSet linearized = new BitSet(operations.size());
        Set<Seen> seen = new HashSet<>();
        Deque<Step> steps = new ArrayDeque<>();
        String state = null;
        Event event = head.next;
        while (head.next != null) {
            Objects.requireNonNull(event);
            if (event.matchingReturn != null) {
                Answer answer = apply(state, event.operation.action());
                if (answer.right() && firstSeen(seen, linearized, event.id, answer.state())) {
                    steps.push(new Step(event, state));
                    state = answer.state();
                    linearized.set(event.id);
                    event.lift();
                    event = head.next;
                } else {
                    event = event.next;
                }
            } else if (steps.isEmpty()) {
                return false;
            } else {
                // This call returned before any order found a place for it: take the last decision back.
                Step last = steps.pop();
                state = last.stateBefore();
                linearized.clear(last.call().id);
                last.call().unlift();
                event = last.call().next;
            }
        }
        return true;
    }

    private static boolean firstSeen(Set<Seen> seen, BitSet linearized, int id, @Nullable String state) {
        BitSet after = (BitSet) linearized.clone();
        after.set(id);
        return seen.add(new Seen(after, state));
    }

    private record Seen(BitSet linearized, @Nullable String state) {}

    private record Step(Event call, @Nullable String stateBefore) {}

    private record Answer(boolean right, @Nullable String state) {}

    /** A call without an answer that never took effect stands last in the order, where nobody sees its effect. */
    private static Answer apply(@Nullable String state, Action action) {
        return switch (action) {
            case Read read -> new Answer(Objects.equals(state, read.seen()), state);
            case Write write -> new Answer(true, write.value());
            case Swapped swapped -> new Answer(Objects.equals(state, swapped.expected()), swapped.value());
            case NotSwapped not ->
                new Answer(Objects.equals(state, not.seen()) && !Objects.equals(state, not.expected()), state);
            case MaybeSwapped maybe ->
                new Answer(true, Objects.equals(state, maybe.expected()) ? maybe.value() : state);
        };
    }

    /** Calls and returns in the order of time, as a list that calls can be lifted out of. */
    private static Event events(List<Operation> operations) {
        List<Event> events = new ArrayList<>();
        for (int id = 0; id < operations.size(); id++) {
            Operation operation = operations.get(id);
            Event returned = new Event(id, operation, operation.returned(), null);
            events.add(new Event(id, operation, operation.invoked(), returned));
            events.add(returned);
        }
        // At equal times calls come first: touching calls count as concurrent.
        events.sort(Comparator.comparingLong((Event event) -> event.at)
                .thenComparing(event -> event.matchingReturn == null));
        Event head = new Event(-1, new Operation("", 0, 0, new Read(null)), 0, null);
        Event last = head;
        for (Event event : events) {
            last.next = event;
            event.previous = last;
            last = event;
        }
        return head;
    }

    private static final class Event {
        final int id;
        final Operation operation;
        final long at;
        final @Nullable Event matchingReturn;
        @Nullable
        Event previous;
        @Nullable
        Event next;

        Event(int id, Operation operation, long at, @Nullable Event matchingReturn) {
            this.id = id;
            this.operation = operation;
            this.at = at;
            this.matchingReturn = matchingReturn;
        }

        void lift() {
            unlink();
            Objects.requireNonNull(matchingReturn).unlink();
        }

        void unlift() {
            Objects.requireNonNull(matchingReturn).link();
            link();
        }

        private void unlink() {
            Objects.requireNonNull(previous).next = next;
            if (next != null) {
                next.previous = previous;
            }
        }

        private void link() {
            Objects.requireNonNull(previous).next = this;
            if (next != null) {
                next.previous = this;
            }
        }
    }
}
