package dev.xebec.gateway.binding;

import dev.xebec.contracts.api.BindRequest.Bind;
import dev.xebec.contracts.api.BindRequest.Outcome;
import dev.xebec.contracts.api.BindRequest.Result;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.cache.WatchCache;
import dev.xebec.gateway.registry.Commits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries out binds, each on the condition that pod and node are as its decision saw them. All binds of a request travel in
 * one proposal; each has its own outcome.
 */
public final class Binder {
    /** How long a bind waits for the pod's revision that it was decided from. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final WatchCache cache;
    private final Commits commits;
    private final InstantSource clock;

    public Binder(WatchCache cache, Commits commits, InstantSource clock) {
        this.cache = cache;
        this.commits = commits;
        this.clock = clock;
    }

    /** One result per bind, in order. */
    public List<Result> bind(List<Bind> binds) {
        long newest = binds.stream().mapToLong(Bind::podRevision).max().orElse(0);
        cache.await(newest, PATIENCE);
        StoreImage image = cache.image();
        List<BindPlan> plans = binds.stream().map(bind -> BindPlan.of(bind, image, clock.instant())).toList();
        List<Txn> txns = new ArrayList<>();
        plans.forEach(plan -> {
            if (plan instanceof BindPlan.Ready ready) {
                txns.add(ready.txn());
            }
        });
        List<TxnResult> answers = txns.isEmpty() ? List.of() : commits.commitAll(txns);
        List<Result> results = new ArrayList<>(binds.size());
        int at = 0;
        for (int index = 0; index < binds.size(); index++) {
            results.add(switch (plans.get(index)) {
                case BindPlan.Ready ready -> result(ready, answers.get(at++));
                case BindPlan.Not not -> result(binds.get(index), not.outcome(), not.message());
            });
        }
        return results;
    }

    private static Result result(BindPlan.Ready ready, TxnResult answer) {
        Bind bind = ready.bind();
        return switch (answer) {
            case TxnResult.Committed committed -> result(bind, Outcome.BOUND, "");
            case TxnResult.Invalid invalid -> result(bind, Outcome.REFUSED, invalid.message());
            case TxnResult.Refused refused -> why(ready, refused.current());
        };
    }

    private static Result why(BindPlan.Ready ready, List<KeyValue> current) {
        Bind bind = ready.bind();
        for (KeyValue stored : current) {
            if (stored.key().equals(ready.podKey())) {
                return stored.modRevision() != bind.podRevision()
                        ? result(bind, Outcome.POD_CHANGED, "the pod has changed since revision " + bind.podRevision())
                        : result(bind, Outcome.NODE_TAKEN, "somebody else has bound to node " + bind.node());
            }
        }
        return result(bind, Outcome.GONE, "the pod is no more");
    }

    private static Result result(Bind bind, Outcome outcome, String message) {
        return new Result(bind.namespace(), bind.pod(), outcome, message);
    }
}
