package dev.xebec.kit.state;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.ChangeSink;
import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.OutcomeForgottenException;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.RegroupableStore;
import dev.xebec.contracts.state.ReplicaGroup;
import dev.xebec.contracts.state.RestorableStore;
import dev.xebec.contracts.state.Saved;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.StoreStatus;
import dev.xebec.contracts.state.Subscription;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.kit.bus.Bus;
import dev.xebec.kit.bus.BusStream;
import dev.xebec.kit.state.StateMessages.Reply;
import dev.xebec.kit.state.StateMessages.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The store as any process sees it, over the bus. Writes go to the leader, which it learns from answers; the same
 * proposal is tried again, here or elsewhere, until the overall limit, and its id makes that harmless. Reads and change
 * streams go to any replica, that of this process if there is one; from one that does not keep up with what the leader has
 * answered, a stream goes to the leader. Thread-safe; callers block on virtual threads.
 */
public final class StateClient implements StateStore, RestorableStore, RegroupableStore {
    /** How often a read of the newest revision begins anew when compaction overtakes its pages. */
    private static final int RANGE_RESTARTS = 3;

    /** Before a change of the replicas, the leader looks whether each is there. */
    private static final Duration REPLICAS_ATTEMPT = Duration.ofSeconds(8);

    private final Bus bus;
    private final StateSettings settings;
    private final LeaderCalls calls;
    private final Proposals proposals;
    private final List<Barrier> barriers;
    private final List<Frontier> frontiers = Arrays.stream(LogGroup.values()).map(group -> new Frontier()).toList();

    /** @param clientId random 64 bits, new at each start of the process */
    public StateClient(Bus bus, long clientId) {
        this(bus, clientId, StateSettings.DEFAULTS);
    }

    public StateClient(Bus bus, long clientId, StateSettings settings) {
        this.bus = bus;
        this.settings = settings;
        calls = new LeaderCalls(bus, settings);
        proposals = new Proposals(this, clientId, settings.proposalsInFlight());
        barriers = Arrays.stream(LogGroup.values()).map(group -> new Barrier(() -> askRevision(group))).toList();
    }

    /** Applies one transaction, in one proposal with whatever else waits in this process. */
    public TxnResult commit(Txn txn) {
        return proposals.commit(txn);
    }

    /** Applies transactions in their order, in as few proposals as the limits allow; one result for each, in order. */
    public List<TxnResult> commitAll(List<Txn> txns) {
        return proposals.commitAll(txns);
    }

    /** Commits that wait for the next proposal. */
    int waiting() {
        return proposals.waiting();
    }

    /** Callers that wait for the next barrier. */
    int waitingForBarrier() {
        return barriers.stream().mapToInt(Barrier::waiting).sum();
    }

    @Override
    public List<TxnResult> propose(Proposal proposal) {
        Bytes request = StateMessages.request(new Request.Propose(proposal));
        return switch (calls.toLeader(request)) {
            case Reply.Results results -> {
                results.results().forEach(result -> frontier(proposal.group()).answered(revision(result)));
                yield results.results();
            }
            case Reply.Forgotten forgotten -> throw new OutcomeForgottenException(forgotten.message());
            case Reply other -> throw unexpected(other);
        };
    }

    @Override
    public long currentRevision(LogGroup group) {
        return barriers.get(group.ordinal()).await();
    }

    private long askRevision(LogGroup group) {
        long revision = revision(StateMessages.request(new Request.Barrier(group)));
        frontier(group).answered(revision);
        return revision;
    }

    private Frontier frontier(LogGroup group) {
        return frontiers.get(group.ordinal());
    }

    private static long revision(TxnResult result) {
        return switch (result) {
            case TxnResult.Committed committed -> committed.revision();
            case TxnResult.Refused refused -> refused.revision();
            case TxnResult.Invalid invalid -> 0;
        };
    }

    private long revision(Bytes request) {
        return switch (calls.toLeader(request)) {
            case Reply.Revision revision -> revision.revision();
            case Reply other -> throw unexpected(other);
        };
    }

    @Override
    public RangeResult range(RangeQuery query) {
        for (int restart = 0;; restart++) {
            RangeResult result = readPages(query);
            boolean overtaken = result instanceof RangeResult.Compacted && query.atRevision() == 0;
            if (!overtaken || restart == RANGE_RESTARTS) {
                return result;
            }
        }
    }

    /** Page after page at the first page's revision, from whichever replica. */
    private RangeResult readPages(RangeQuery query) {
        List<KeyValue> found = new ArrayList<>();
        RangeQuery next = query;
        while (true) {
            switch (calls.toAny(StateMessages.request(new Request.Range(next)))) {
                case Reply.Compacted compacted -> {
                    return new RangeResult.Compacted(compacted.compactedRevision());
                }
                case Reply.Page page -> {
                    found.addAll(page.keyValues());
                    boolean full = query.limit() != 0 && found.size() >= query.limit();
                    if (!page.more() || full || page.keyValues().isEmpty()) {
                        return new RangeResult.Page(page.revision(), found, page.more());
                    }
                    next = after(next, query, page.revision(), found);
                }
                case Reply other -> throw unexpected(other);
            }
        }
    }

    private static RangeQuery after(RangeQuery last, RangeQuery whole, long revision, List<KeyValue> found) {
        String from = found.get(found.size() - 1).key() + '\0';
        int limit = whole.limit() == 0 ? 0 : whole.limit() - found.size();
        return new RangeQuery(last.group(), from, last.to(), revision, limit);
    }

    @Override
    public Subscription changes(ChangesQuery query, ChangeSink sink) {
        Frontier frontier = frontier(query.group());
        Bytes request = StateMessages.query(query);
        BusStream stream = frontier.takeDoubt() ? atLeader(request) : atAny(request);
        return ChangeReader.start(settings, frontier, stream, sink);
    }

    private BusStream atAny(Bytes request) {
        return bus.open(StateMessages.ANY, request, settings.attempt());
    }

    private BusStream atLeader(Bytes request) {
        String leader = calls.leader();
        if (leader.isEmpty()) {
            return atAny(request);
        }
        try {
            return bus.open(StateMessages.address(leader), request, settings.attempt());
        } catch (UnavailableException gone) {
            return atAny(request);
        }
    }

    @Override
    public long compact(LogGroup group, long revision) {
        return revision(StateMessages.request(new Request.Compact(group, revision)));
    }

    @Override
    public void stage(LogGroup group, long restore, int part, List<Saved> saved) {
        long unused = revision(StateMessages.request(new Request.Stage(group, restore, part, saved)));
    }

    @Override
    public long restore(LogGroup group, long restore, int parts, long atLeast) {
        return revision(StateMessages.request(new Request.Restore(group, restore, parts, atLeast)));
    }

    @Override
    public StoreStatus status(LogGroup group) {
        return switch (calls.toAny(StateMessages.request(new Request.Status(group)))) {
            case Reply.Status status -> status.status();
            case Reply other -> throw unexpected(other);
        };
    }

    @Override
    public ReplicaGroup group(LogGroup group) {
        return replicas(new Request.Replicas(group));
    }

    @Override
    public ReplicaGroup add(LogGroup group, String name, String address) {
        return replicas(new Request.AddReplica(group, name, address));
    }

    @Override
    public ReplicaGroup remove(LogGroup group, String name) {
        return replicas(new Request.RemoveReplica(group, name));
    }

    private ReplicaGroup replicas(Request request) {
        return switch (calls.toLeader(StateMessages.request(request), REPLICAS_ATTEMPT)) {
            case Reply.Replicas replicas -> replicas.group();
            case Reply other -> throw unexpected(other);
        };
    }

    private static RuntimeException unexpected(Reply reply) {
        if (reply instanceof Reply.Invalid invalid) {
            return new IllegalArgumentException(invalid.message());
        }
        return new IllegalStateException("an answer that does not fit the question: " + reply);
    }
}
