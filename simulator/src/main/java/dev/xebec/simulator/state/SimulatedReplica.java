package dev.xebec.simulator.state;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.ChangeSink;
import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.NotLeaderException;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.StoreStatus;
import dev.xebec.contracts.state.Subscription;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.state.machine.Applied;
import dev.xebec.state.machine.Entry;
import dev.xebec.state.machine.Position;
import dev.xebec.state.replica.Housekeeping;
import dev.xebec.state.replica.Retention;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * One replica of a {@link SimulatedStateGroup}, for its process: as {@code RaftStateStore.answeringHere}, it refuses what
 * only the leader can do where another leads. Everything but the agreement is what runs for real.
 */
public final class SimulatedReplica implements StateStore, AutoCloseable {
    /** How long a caller waits here for its entry to be agreed upon and applied. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** How long a call that wants this replica to lead waits while nobody is known to. */
    private static final Duration ELECTION_PATIENCE = Duration.ofMillis(500);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final SimulatedStateGroup group;
    private final Agreement agreement;
    private final Seat seat;
    private final Applier applier;
    private final Housekeeping housekeeping;

    SimulatedReplica(SimulatedStateGroup group, Agreement agreement, Seat seat, Applier applier, Retention retention,
            InstantSource clock) {
        this.group = group;
        this.agreement = agreement;
        this.seat = seat;
        this.applier = applier;
        housekeeping = new Housekeeping(applier.replica(), retention, clock, new OwnProposals());
    }

    public String name() {
        return seat.name;
    }

    /** How far this copy has applied the log. */
    public Position position() {
        return applier.replica().position();
    }

    /** Of what this copy holds; costs as much as it holds. */
    public ReplicaDigest digest() {
        return applier.digest();
    }

    @Override
    public List<TxnResult> propose(Proposal proposal) {
        return submit(new Entry.Propose(proposal)).results();
    }

    @Override
    public long currentRevision(LogGroup logGroup) {
        return submit(new Entry.Barrier()).revision();
    }

    @Override
    public long compact(LogGroup logGroup, long revision) {
        Applied applied = submit(new Entry.Compact(revision));
        return ((Applied.Compacted) applied.outcome()).compactedRevision();
    }

    private Applied submit(Entry entry) {
        requireLeading();
        Ticket ticket = agreement.submit(seat, entry);
        try {
            return ticket.await(PATIENCE);
        } finally {
            agreement.settled(ticket);
        }
    }

    private void requireLeading() {
        long deadline = System.nanoTime() + ELECTION_PATIENCE.toNanos();
        while (!agreement.leads(seat)) {
            requireOpen();
            String leader = agreement.leaderAsSeenBy(seat);
            boolean another = !leader.isEmpty() && !leader.equals(seat.name);
            if (another || System.nanoTime() - deadline >= 0) {
                throw new NotLeaderException(another ? leader : "");
            }
            try {
                Thread.sleep(LOOK_AGAIN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UnavailableException("interrupted while waiting for a leader");
            }
        }
    }

    private void requireOpen() {
        if (applier.over()) {
            throw new UnavailableException("the store is closed");
        }
    }

    @Override
    public RangeResult range(RangeQuery query) {
        requireOpen();
        return applier.replica().range(query);
    }

    @Override
    public Subscription changes(ChangesQuery query, ChangeSink sink) {
        requireOpen();
        FragileStream stream = new FragileStream(sink, group::losesStream);
        return stream.of(applier.replica().changes(query, stream));
    }

    @Override
    public StoreStatus status(LogGroup logGroup) {
        Position at = position();
        return new StoreStatus(seat.name, agreement.leaderAsSeenBy(seat), at.revision(), at.compacted(),
                agreement.termAsSeenBy(seat), 0);
    }

    /** Leaves in good order: everything applied is kept. */
    @Override
    public void close() {
        housekeeping.close();
        group.closed(this);
        applier.close();
    }

    /** Housekeeping's way in, while this replica takes itself for the leader. */
    private final class OwnProposals implements Housekeeping.Leader {
        private final long client = group.newClient();
        private long sequence;

        @Override
        public boolean leads() {
            return agreement.leads(seat);
        }

        @Override
        public void propose(List<Txn> txns) {
            long next = ++sequence;
            List<TxnResult> unused = SimulatedReplica.this
                    .propose(new Proposal(LogGroup.MAIN, client, next, next, txns));
        }

        @Override
        public void compact(long revision) {
            long unused = SimulatedReplica.this.compact(LogGroup.MAIN, revision);
        }
    }
}
