package dev.xebec.gateway.binding;

import dev.xebec.contracts.api.BindRequest.Bind;
import dev.xebec.contracts.api.BindRequest.Result;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.gateway.binding.BindBatch.Step;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.cache.WatchCache;
import dev.xebec.gateway.registry.Commits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Carries out binds, each on the condition that pod and node are as its decision saw them. The binds of a request travel
 * together, those of a node in one transaction; each has its own outcome.
 */
public final class Binder {
    /** How long a bind waits for the cache to reach what it was decided from. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** Times that binds are judged again because something else was written, or did not fit before. */
    private static final int MAX_ROUNDS = 16;
    private static final Txn NOTHING = new Txn(List.of(), List.of());

    private final WatchCache cache;
    private final Commits commits;
    private final InstantSource clock;
    /** The newest revision that binds of this gateway have made. */
    private final AtomicLong bound = new AtomicLong();

    public Binder(WatchCache cache, Commits commits, InstantSource clock) {
        this.cache = cache;
        this.commits = commits;
        this.clock = clock;
    }

    /** One result per bind, in order. */
    public List<Result> bind(List<Bind> binds) {
        BindBatch batch = new BindBatch(binds);
        long newest = binds.stream().mapToLong(Bind::podRevision).max().orElse(0);
        StoreImage image = at(Math.max(newest, bound.get()));
        long reached = 0;
        if (batch.isAheadOf(image)) {
            reached = revision(commits.commit(NOTHING));
            image = at(reached);
        }
        for (int round = 0; round < MAX_ROUNDS; round++) {
            List<Step> steps = batch.next(image, Math.max(reached, image.revision()), clock.instant());
            if (steps.isEmpty()) {
                break;
            }
            List<TxnResult> answers = commits.commitAll(steps.stream().map(Step::txn).toList());
            long judged = 0;
            for (int at = 0; at < steps.size(); at++) {
                batch.answered(steps.get(at), answers.get(at));
                judged = Math.max(judged, revision(answers.get(at)));
                if (answers.get(at) instanceof TxnResult.Committed committed) {
                    bound.accumulateAndGet(committed.revision(), Math::max);
                }
            }
            if (batch.done() || !cache.await(judged, PATIENCE)) {
                break;
            }
            image = cache.image();
        }
        return batch.results();
    }

    private StoreImage at(long revision) {
        cache.await(revision, PATIENCE);
        return cache.image();
    }

    /** The store's revision when it answered, at least; 0 where it does not say. */
    private static long revision(TxnResult answer) {
        return switch (answer) {
            case TxnResult.Committed committed -> committed.revision();
            case TxnResult.Refused refused -> refused.revision();
            case TxnResult.Invalid invalid -> 0;
        };
    }
}
