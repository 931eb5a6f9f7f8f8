package dev.xebec.simulator.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for one order of concurrent operations, each at some moment between its begin and its end, in which every answer is
 * right. Source: Wing and Gong, Testing and Verifying Concurrent Objects, 1993, with the memory of Lowe, Testing for
 * Linearizability, 2017.
 *
 * @param <S> the state that operations change and see; compared by equality
 */
final class OrderSearch<S> {
    /** States that are looked at before the search gives up. */
    static final int MAX_STEPS = 3_000_000;
    static final long NEVER = Long.MAX_VALUE;

    /** What an operation does to a state. */
    interface Effect<S> {
        /** The state afterwards; null where the operation cannot have had this state before it. */
        @Nullable
        S on(S before);
    }

    /**
     * @param ended {@link #NEVER} where it may take effect at any later time
     * @param certain whether it has taken effect; others may have been in vain
     */
    record Operation<S>(String text, long begun, long ended, boolean certain, Effect<S> effect) {}

    /** What came of the search. */
    sealed interface Verdict {
        record Ordered() implements Verdict {}

        /** @param stuck the operation that fits nowhere in the longest order that was found */
        record Impossible(String stuck) implements Verdict {}

        record Undecided() implements Verdict {}
    }

    private final Set<Visited<S>> visited = new HashSet<>();
    private final BitSet placed;
    private final Node<S> head;
    private int certainLeft;
    private int best = -1;
    private String stuck = "";

    private OrderSearch(List<Operation<S>> operations) {
        List<Operation<S>> byTime = operations.stream().sorted(Comparator.comparingLong(Operation::begun)).toList();
        placed = new BitSet(byTime.size());
        certainLeft = (int) byTime.stream().filter(Operation::certain).count();
        head = chain(byTime);
    }

    static <S> Verdict search(S initial, List<Operation<S>> operations) {
        return new OrderSearch<>(operations).run(initial);
    }

    private Verdict run(S initial) {
        Deque<Step<S>> steps = new ArrayDeque<>();
        S state = initial;
        Node<S> node = head.next;
        while (certainLeft > 0) {
            if (node == null || node.call != null) {
                // The end of an operation that has no place yet, or of all: take the last decision back.
                remember(node);
                if (steps.isEmpty()) {
                    return new Verdict.Impossible(stuck);
                }
                Step<S> last = steps.pop();
                state = last.before();
                unplace(last.node());
                node = last.node().next;
                continue;
            }
            S after = node.operation.effect().on(state);
            if (after == null || !isNew(node, after)) {
                node = node.next;
                continue;
            }
            if (visited.size() > MAX_STEPS) {
                return new Verdict.Undecided();
            }
            steps.push(new Step<>(node, state));
            state = after;
            place(node);
            node = head.next;
        }
        return new Verdict.Ordered();
    }

    private void remember(@Nullable Node<S> node) {
        if (placed.cardinality() > best && node != null && node.call != null) {
            best = placed.cardinality();
            stuck = node.call.operation.text();
        }
    }

    private void place(Node<S> node) {
        placed.set(node.id);
        certainLeft -= node.operation.certain() ? 1 : 0;
        node.unlink();
        if (node.end != null) {
            node.end.unlink();
        }
    }

    private void unplace(Node<S> node) {
        if (node.end != null) {
            node.end.link();
        }
        node.link();
        placed.clear(node.id);
        certainLeft += node.operation.certain() ? 1 : 0;
    }

    /** Whether this set of placed operations with this state has not been tried; all before the first gap are placed. */
    private boolean isNew(Node<S> node, S after) {
        placed.set(node.id);
        int gap = placed.nextClearBit(0);
        boolean added = visited.add(new Visited<>(gap, placed.get(gap, Math.max(gap, placed.length())), after));
        placed.clear(node.id);
        return added;
    }

    private record Visited<S>(int gap, BitSet beyond, S state) {}

    private record Step<S>(Node<S> node, S before) {}

    /** Begins and ends in the order of time, as a list that operations can be taken out of. */
    private static <S> Node<S> chain(List<Operation<S>> operations) {
        List<Node<S>> nodes = new ArrayList<>();
        for (int id = 0; id < operations.size(); id++) {
            Operation<S> operation = operations.get(id);
            Node<S> begin = new Node<>(id, operation, operation.begun(), null);
            nodes.add(begin);
            if (operation.ended() != NEVER) {
                begin.end = new Node<>(id, operation, operation.ended(), begin);
                nodes.add(begin.end);
            }
        }
        // At equal times begins come first: operations that touch count as concurrent.
        nodes.sort(Comparator.comparingLong((Node<S> node) -> node.at).thenComparing(node -> node.call != null));
        Node<S> head = new Node<>(-1, new Operation<>("", 0, 0, false, before -> before), 0, null);
        Node<S> last = head;
        for (Node<S> node : nodes) {
            last.next = node;
            node.previous = last;
            last = node;
        }
        return head;
    }

    private static final class Node<S> {
        final int id;
        final Operation<S> operation;
        final long at;
        /** Of an end, the begin. */
        final @Nullable Node<S> call;
        /** Of a begin, the end; null where there is none. */
        @Nullable
        Node<S> end;
        @Nullable
        Node<S> next;
        @Nullable
        Node<S> previous;

        Node(int id, Operation<S> operation, long at, @Nullable Node<S> call) {
            this.id = id;
            this.operation = operation;
            this.at = at;
            this.call = call;
        }

        void unlink() {
            Objects.requireNonNull(previous).next = next;
            if (next != null) {
                next.previous = previous;
            }
        }

        void link() {
            Objects.requireNonNull(previous).next = this;
            if (next != null) {
                next.previous = this;
            }
        }
    }
}
