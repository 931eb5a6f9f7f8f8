package dev.xebec.gateway.binding;

import dev.xebec.contracts.api.BindRequest.Bind;
import dev.xebec.contracts.api.BindRequest.Outcome;
import dev.xebec.contracts.api.BindRequest.Result;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.contracts.state.Write;
import dev.xebec.gateway.allocation.NodeAllocations;
import dev.xebec.gateway.cache.StoreImage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The binds of one request on their way: which are settled, and what the next transactions are. A node's binds share a
 * transaction, which stands on the node's count of pods as their decision saw it: a part of them that went through beside
 * somebody else's bind could make the node too full. Used by one thread; knows neither store nor clock.
 */
final class BindBatch {
    /** Pods in one transaction: a guard and a write each, and both once for the node. */
    private static final int MAX_PODS = (Txn.MAX_OPERATIONS - 2) / 2;
    /** Bytes of pods in one transaction; a single larger one has a transaction to itself. */
    private static final int MAX_BYTES = 2 * 1024 * 1024;

    private final List<Bind> binds;
    private final Map<Integer, Result> settled = new TreeMap<>();
    private final Map<String, Turn> turns = new LinkedHashMap<>();

    /** What one node is to get. Binds go by their place in the request. */
    private static final class Turn {
        private final List<Integer> all = new ArrayList<>();
        private List<Integer> pending = all;
        /** The node's count of pods that the next transaction stands on. */
        private long binds;
        private boolean begun;
    }

    /** A transaction and the binds that it is for. */
    record Step(String node, List<Integer> binds, Txn txn) {}

    BindBatch(List<Bind> binds) {
        this.binds = binds;
        for (int at = 0; at < binds.size(); at++) {
            Bind bind = binds.get(at);
            Turn turn = turns.computeIfAbsent(bind.node(), node -> new Turn());
            if (turn.all.isEmpty()) {
                turn.binds = bind.nodeVersion();
            }
            turn.all.add(at);
        }
    }

    /** Whether the decisions were made from a newer state than this, or one of their nodes has no count in it. */
    boolean isAheadOf(StoreImage image) {
        return turns.entrySet().stream()
                .anyMatch(turn -> turn.getValue().binds > NodeAllocations.binds(image, turn.getKey())
                        || !NodeAllocations.has(image, turn.getKey()));
    }

    /**
     * What to commit next, a transaction for each node that still waits; empty when all is settled.
     *
     * @param newest a revision that the store had reached after the request came, where the image has a node without count
     */
    List<Step> next(StoreImage image, long newest, Instant now) {
        List<Step> steps = new ArrayList<>();
        turns.forEach((node, turn) -> (NodeAllocations.has(image, node)
                ? next(node, turn, image, now)
                : begin(node, turn, image, newest, now)).ifPresent(steps::add));
        return steps;
    }

    /** A node without a count gets one, which whoever decides has to see first. */
    private Optional<Step> begin(String node, Turn turn, StoreImage image, long newest, Instant now) {
        boolean wanted = false;
        for (int at : turn.pending) {
            switch (BindPlan.of(binds.get(at), image, now)) {
                case BindPlan.Not not -> settle(at, not.outcome(), not.message());
                case BindPlan.Ready plan -> {
                    settle(at, Outcome.NODE_TAKEN, "the pods of node " + node + " are counted anew");
                    wanted = true;
                }
            }
        }
        turn.pending = List.of();
        return wanted
                ? NodeAllocations.begin(image, newest, node, now)
                        .map(raise -> new Step(node, List.of(),
                                new Txn(List.of(raise.unchanged()), List.of(raise.write()))))
                : Optional.empty();
    }

    private Optional<Step> next(String node, Turn turn, StoreImage image, Instant now) {
        boolean asSeen = NodeAllocations.binds(image, node) == turn.binds;
        List<BindPlan.Ready> ready = new ArrayList<>();
        List<Integer> chosen = new ArrayList<>();
        List<Integer> later = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        long bytes = 0;
        for (int at : turn.pending) {
            switch (BindPlan.of(binds.get(at), image, now)) {
                case BindPlan.Not not -> settle(at, not.outcome(), not.message());
                case BindPlan.Ready plan -> {
                    bytes += plan.write().value().size();
                    if (!asSeen || !counted(turn, at, chosen.size() + later.size())) {
                        settle(at, Outcome.NODE_TAKEN, "somebody else has bound to node " + node);
                    } else if (chosen.size() == MAX_PODS || (bytes > MAX_BYTES && !chosen.isEmpty())
                            || !later.isEmpty() || !keys.add(plan.write().key())) {
                        later.add(at);
                    } else {
                        chosen.add(at);
                        ready.add(plan);
                    }
                }
            }
        }
        turn.begun = true;
        turn.pending = later;
        return ready.isEmpty() ? Optional.empty() : Optional.of(new Step(node, chosen, txn(node, ready, image, now)));
    }

    /** A bind counts those before it on its node: all of the request, or only those that can be. */
    private boolean counted(Turn turn, int at, int possibleBefore) {
        long before = binds.get(at).nodeVersion() - turn.binds;
        return turn.begun || before == possibleBefore || before == turn.all.indexOf(at);
    }

    private static Txn txn(String node, List<BindPlan.Ready> ready, StoreImage image, Instant now) {
        NodeAllocations.Raise raise = NodeAllocations.raise(image, node, ready.size(), now)
                .orElseThrow(() -> new IllegalStateException("a bind was judged possible without its node"));
        List<Guard> guards = new ArrayList<>(ready.size() + 1);
        List<Write> writes = new ArrayList<>(ready.size() + 1);
        guards.add(raise.unchanged());
        writes.add(raise.write());
        ready.forEach(plan -> {
            guards.add(plan.unchanged());
            writes.add(plan.write());
        });
        return new Txn(guards, writes);
    }

    /** Takes note of what became of a step; what was refused is judged again from a newer image. */
    void answered(Step step, TxnResult answer) {
        Turn turn = turns.get(step.node());
        if (turn == null) {
            throw new IllegalStateException("a step of another batch");
        }
        switch (answer) {
            case TxnResult.Committed committed -> {
                step.binds().forEach(at -> settle(at, Outcome.BOUND, ""));
                turn.binds += step.binds().size();
            }
            case TxnResult.Invalid invalid -> step.binds().forEach(at -> settle(at, Outcome.REFUSED,
                    invalid.message()));
            case TxnResult.Refused refused -> {
                List<Integer> again = new ArrayList<>(step.binds());
                again.addAll(turn.pending);
                turn.pending = again;
            }
        }
    }

    boolean done() {
        return settled.size() == binds.size();
    }

    /** One result per bind, in order; what is not settled by now was overtaken each time. */
    List<Result> results() {
        for (int at = 0; at < binds.size(); at++) {
            if (!settled.containsKey(at)) {
                settle(at, Outcome.NODE_TAKEN, "others were quicker each time");
            }
        }
        return List.copyOf(settled.values());
    }

    private void settle(int at, Outcome outcome, String message) {
        Bind bind = binds.get(at);
        settled.put(at, new Result(bind.namespace(), bind.pod(), outcome, message));
    }
}
