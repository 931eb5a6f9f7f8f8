package dev.xebec.state.raft;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.ChangeSink;
import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.NotLeaderException;
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
import dev.xebec.state.machine.Applied;
import dev.xebec.state.machine.Entry;
import dev.xebec.state.machine.Position;
import dev.xebec.state.replica.Housekeeping;
import dev.xebec.state.replica.Replica;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One replica of the store. What it acknowledges is on the disks of a majority and survives the crash of any minority,
 * and of all at once. Any replica takes any call: what only the leader can do goes there.
 *
 * <p>A proposal whose leader dies is proposed to the next one under the same id, so it is applied once. Reads are from
 * this replica's own copy; {@link #currentRevision} is the barrier that makes them linearizable.
 */
public final class RaftStateStore implements StateStore, RestorableStore, RegroupableStore, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RaftStateStore.class);
    /** How soon to look again when a leader is expected and no change of it is announced. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    /** How long a call that wants this replica to lead waits while an election is on. */
    private static final Duration ELECTION_PATIENCE = Duration.ofMillis(500);
    /** How long a follower's caller waits for a compaction, which the leader has applied, to be applied here. */
    private static final Duration COMPACTION_PATIENCE = Duration.ofSeconds(5);

    /** Writing everything anew may take a while. */
    private static final Duration RESTORE_PATIENCE = Duration.ofMinutes(2);

    private final RaftConfig config;
    private final PeerForwarder forwarder;
    private final ReplicatedMachine machine;
    private final Leadership leadership;
    private final Consensus consensus;
    private final Barriers barriers;
    private final Housekeeping housekeeping;
    private final Regrouping regrouping;
    private final LogCutter cutter;
    private final LogWatch watch;

    private RaftStateStore(RaftConfig config, PeerForwarder forwarder, ReplicatedMachine machine,
            Leadership leadership, Consensus consensus, InstantSource clock, Observer observer) {
        this.config = config;
        this.forwarder = forwarder;
        this.machine = machine;
        this.leadership = leadership;
        this.consensus = consensus;
        ReadIndex readIndex = new ReadIndex(new SeatInTheGroup(),
                new TermPoll(config.name(), consensus::voters, forwarder, config.electionMax()), observer);
        regrouping = new Regrouping(config.name(), consensus.members());
        barriers = new Barriers(readIndex::confirm);
        housekeeping = new Housekeeping(machine.replica(), config.retention(), clock, new OwnProposals());
        cutter = new LogCutter(config, machine, consensus);
        watch = new LogWatch(consensus.log(), observer::failed).start();
    }

    /** Opens what is in the directory and takes the seat in the group, without waiting for other replicas. */
    public static RaftStateStore start(RaftConfig config, PeerForwarder forwarder, InstantSource clock,
            Observer observer) throws IOException {
        Leadership leadership = new Leadership();
        ReplicatedMachine machine = ReplicatedMachine.open(config.directory().resolve("live"), observer,
                leadership::signal);
        try {
            Consensus consensus = Consensus.start(config, machine, observer);
            return new RaftStateStore(config, forwarder, machine, leadership, consensus, clock, observer);
        } catch (IOException | RuntimeException e) {
            machine.close();
            throw e;
        }
    }

    @Override
    public List<TxnResult> propose(Proposal proposal) {
        return onLeader(left -> proposeHere(proposal, left),
                (leader, left) -> forwarder.proposeAsLeader(leader, proposal, left));
    }

    /** Proposes only if this replica leads: what {@link PeerForwarder} reaches. */
    public List<TxnResult> proposeAsLeader(Proposal proposal) {
        requireLeading();
        return proposeHere(proposal, config.patience());
    }

    private List<TxnResult> proposeHere(Proposal proposal, Duration left) {
        return consensus.submit(new Entry.Propose(proposal), left).results();
    }

    @Override
    public long currentRevision(LogGroup group) {
        return onLeader(this::barrierHere, (leader, left) -> forwarder.barrierAsLeader(leader, group, left));
    }

    /** The barrier only if this replica leads. */
    public long barrierAsLeader() {
        requireLeading();
        return barrierHere(config.patience());
    }

    private long barrierHere(Duration left) {
        // Alone, nobody else can have acknowledged anything, and what is acknowledged here is applied here.
        return consensus.voters().onlyHas(config.name())
                ? machine.replica().position().revision()
                : barriers.pass(left);
    }

    @Override
    public RangeResult range(RangeQuery query) {
        return machine.replica().range(query);
    }

    @Override
    public Subscription changes(ChangesQuery query, ChangeSink sink) {
        return machine.replica().changes(query, sink);
    }

    @Override
    public long compact(LogGroup group, long revision) {
        long compacted = onLeader(left -> compactHere(revision, left),
                (leader, left) -> forwarder.compactAsLeader(leader, group, revision, left));
        machine.replica().awaitCompacted(compacted, COMPACTION_PATIENCE);
        return compacted;
    }

    /** Compacts only if this replica leads. */
    public long compactAsLeader(long revision) {
        requireLeading();
        return compactHere(revision, config.patience());
    }

    private long compactHere(long revision, Duration left) {
        Applied applied = consensus.submit(new Entry.Compact(revision), left);
        return ((Applied.Compacted) applied.outcome()).compactedRevision();
    }

    /** Only if this replica leads. */
    @Override
    public void stage(LogGroup group, long restore, int part, List<Saved> saved) {
        requireLeading();
        Applied.Outcome unused = consensus.submit(new Entry.Stage(restore, part, saved), config.patience()).accepted();
    }

    /** Only if this replica leads. */
    @Override
    public long restore(LogGroup group, long restore, int parts, long atLeast) {
        requireLeading();
        Applied.Outcome done = consensus.submit(new Entry.Restore(restore, parts, atLeast), RESTORE_PATIENCE)
                .accepted();
        return ((Applied.Restored) done).revision();
    }

    /** Only if this replica leads. */
    @Override
    public ReplicaGroup group(LogGroup group) {
        requireLeading();
        return regrouping.view();
    }

    /** Only if this replica leads. */
    @Override
    public ReplicaGroup add(LogGroup group, String name, String address) {
        requireLeading();
        return regrouping.add(name, address);
    }

    /** Only if this replica leads. */
    @Override
    public ReplicaGroup remove(LogGroup group, String name) {
        requireLeading();
        return regrouping.remove(name);
    }

    @Override
    public StoreStatus status(LogGroup group) {
        Position at = machine.replica().position();
        return new StoreStatus(config.name(), consensus.leader(), at.revision(), at.compacted(), consensus.term(),
                machine.bytesOnDisk());
    }

    /** The leader's name as this replica knows it; empty for none. */
    public String leader() {
        return consensus.leader();
    }

    /** Leads and may answer at once. */
    public boolean leads() {
        return consensus.leads();
    }

    /** Whether this replica is one of the group's, as far as it knows. */
    public boolean votes() {
        return consensus.seating().votes();
    }

    /** Whether a leader gives entries to this replica. */
    public boolean hearsALeader() {
        return consensus.seating().hearsALeader();
    }

    /** Whether this replica knows of any replicas. */
    public boolean knowsAGroup() {
        return !consensus.voters().now().isEmpty();
    }

    /** Lets another replica lead, where this one does, for a stop that nobody notices; takes no longer than a few seconds. */
    public void handOver() {
        if (consensus.leads() && !consensus.voters().onlyHas(config.name())) {
            try {
                String unused = Handover.handOver(consensus.members().view(), consensus.members()::transfer,
                        config.electionMax());
            } catch (UnavailableException e) {
                LOG.info("{} stops while it leads; the others will elect a leader: {}", config.name(), e.getMessage());
            }
        }
    }

    /** The term that this replica is in: whoever it voted for, it was in that one's term before. */
    public long term() {
        return consensus.term();
    }

    /** Committed entries that this replica has yet to apply. */
    public long backlog() {
        return consensus.backlog();
    }

    /** Replicas of the group whose votes count. */
    public int voters() {
        return consensus.voters().now().size();
    }

    public Replica replica() {
        return machine.replica();
    }

    /** This store for clients that find the leader themselves. */
    public StateStore answeringHere() {
        return new OwnSeat(this);
    }

    /** Waits a little for a leader where none is known: its caller would only ask again. */
    private void requireLeading() {
        long deadline = System.nanoTime() + ELECTION_PATIENCE.toNanos();
        while (true) {
            long seen = leadership.changes();
            if (consensus.leads()) {
                return;
            }
            String leader = consensus.leader();
            boolean another = !leader.isEmpty() && !leader.equals(config.name());
            if (another || System.nanoTime() > deadline) {
                throw new NotLeaderException(another ? leader : "");
            }
            leadership.await(seen, LOOK_AGAIN);
        }
    }

    /** Tries the leader, whoever it is by then, until one answers or patience ends. */
    private <R> R onLeader(Function<Duration, R> here, BiFunction<String, Duration, R> there) {
        long deadline = System.nanoTime() + config.patience().toNanos();
        UnavailableException last = new NotLeaderException("");
        while (true) {
            long seen = leadership.changes();
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            if (!left.isPositive()) {
                throw last;
            }
            try {
                if (consensus.leads()) {
                    return here.apply(left);
                }
                String leader = consensus.leader();
                if (!leader.isEmpty() && !leader.equals(config.name())) {
                    return there.apply(leader, left);
                }
            } catch (OutcomeForgottenException e) {
                throw e;
            } catch (UnavailableException e) {
                last = e;
            }
            leadership.await(seen, LOOK_AGAIN);
        }
    }

    @Override
    public void close() throws IOException {
        housekeeping.close();
        cutter.close();
        watch.close();
        consensus.close();
        machine.close();
    }

    /** What read barriers ask of this replica. */
    private final class SeatInTheGroup implements ReadIndex.Seat {
        @Override
        public long term() {
            return consensus.term();
        }

        @Override
        public long committedIndex() {
            return consensus.committedIndex();
        }

        @Override
        public long revisionAt(long index) {
            machine.appliedIndex().await(index, config.patience());
            return machine.replica().position().revision();
        }

        @Override
        public CompletableFuture<ReadIndex.Proof> prove() {
            return consensus.submit(new Entry.Barrier()).thenApply(consensus::outcome)
                    .thenApply(reply -> new ReadIndex.Proof(reply.term(), reply.applied().revision()));
        }
    }

    /** Housekeeping's way in, for this replica while it leads. */
    private final class OwnProposals implements Housekeeping.Leader {
        private final long client = ThreadLocalRandom.current().nextLong();
        private long sequence;

        @Override
        public boolean leads() {
            return consensus.leads();
        }

        @Override
        public void propose(List<Txn> txns) {
            long next = ++sequence;
            List<TxnResult> unused = proposeAsLeader(new Proposal(LogGroup.MAIN, client, next, next, txns));
        }

        @Override
        public void compact(long revision) {
            long unused = compactAsLeader(revision);
        }
    }
}
