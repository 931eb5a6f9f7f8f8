package dev.xebec.state.raft;

import dev.xebec.contracts.Bytes;
import dev.xebec.state.machine.Applied;
import dev.xebec.state.machine.Entry;
import dev.xebec.state.machine.StateMachine;
import dev.xebec.state.replica.Replica;
import dev.xebec.state.rocks.RocksStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between Ratis and the pure machine. The live database is outside Ratis' own directory, because installing a
 * snapshot replaces all that is in there; it may be ahead of the newest snapshot, since applying skips what was applied.
 */
final class ReplicatedMachine extends BaseStateMachine {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicatedMachine.class);

    private final Path live;
    private final Observer observer;
    private final Runnable onLeadership;
    private final Replica replica;
    private final AppliedIndex appliedIndex = new AppliedIndex();
    private final AtomicLong entriesSinceSnapshot = new AtomicLong();
    private final AtomicLong bytesSinceSnapshot = new AtomicLong();
    private volatile RocksStorage storage;
    private volatile @Nullable Snapshots snapshots;

    private ReplicatedMachine(Path live, RocksStorage storage, Observer observer, Runnable onLeadership) {
        this.live = live;
        this.storage = storage;
        this.observer = observer;
        this.onLeadership = onLeadership;
        replica = new Replica(StateMachine.open(storage));
    }

    /** @param onLeadership called when the leader may have changed, or may be ready now */
    static ReplicatedMachine open(Path live, Observer observer, Runnable onLeadership) throws IOException {
        return new ReplicatedMachine(live, RocksStorage.open(live), observer, onLeadership);
    }

    Replica replica() {
        return replica;
    }

    AppliedIndex appliedIndex() {
        return appliedIndex;
    }

    long bytesOnDisk() {
        return storage.bytesOnDisk();
    }

    boolean wantsSnapshot(int entries, long bytes) {
        return entriesSinceSnapshot.get() >= entries || bytesSinceSnapshot.get() >= bytes;
    }

    /** Brings to disk what a snapshot would otherwise have to, while no entry can be applied. */
    void flush() {
        storage.flush();
    }

    @Override
    public void initialize(RaftServer server, RaftGroupId group, RaftStorage ratis) throws IOException {
        super.initialize(server, group, ratis);
        Snapshots found = new Snapshots(ratis.getStorageDir().getStateMachineDir().toPath());
        snapshots = found;
        getLifeCycle().startAndTransition(() -> goOnFrom(found), IOException.class);
    }

    @Override
    public void pause() {
        // Ratis pauses a machine to replace its state, and waits for this to be so before it does.
        if (getLifeCycleState() == LifeCycle.State.RUNNING) {
            getLifeCycle().transition(LifeCycle.State.PAUSING);
            getLifeCycle().transition(LifeCycle.State.PAUSED);
        }
    }

    @Override
    public void reinitialize() throws IOException {
        goOnFrom(required(snapshots));
        observer.snapshotInstalled();
        if (getLifeCycleState() == LifeCycle.State.PAUSED) {
            getLifeCycle().transition(LifeCycle.State.STARTING);
            getLifeCycle().transition(LifeCycle.State.RUNNING);
        }
    }

    private void goOnFrom(Snapshots found) throws IOException {
        Snapshots.Snapshot newest = found.latest().orElse(null);
        if (newest == null) {
            return;
        }
        if (replica.position().index() < newest.machineIndex()) {
            LOG.info("Going on from the snapshot at {}; the live state was at {}", newest.at(),
                    replica.position().index());
            replaceLive(newest.path());
        }
        // Ratis applies again from here on, and tells each index, which may not go back.
        setLastAppliedTermIndex(newest.at());
        appliedIndex.reached(newest.at().getIndex());
        resetCounters();
    }

    private void replaceLive(Path snapshot) throws IOException {
        Path incoming = live.resolveSibling(live.getFileName() + ".incoming");
        Trees.copyDatabase(snapshot, incoming);
        storage.close();
        Trees.delete(live);
        Files.move(incoming, live, StandardCopyOption.ATOMIC_MOVE);
        storage = RocksStorage.open(live);
        replica.replace(StateMachine.open(storage));
    }

    @Override
    public TransactionContext startTransaction(RaftClientRequest request) {
        Submission submission = (Submission) request.getMessage();
        return TransactionContext.newBuilder().setStateMachine(this).setClientRequest(request)
                .setLogData(submission.content()).setStateMachineContext(submission.entry()).build();
    }

    @Override
    public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
        LogEntryProto logged = transaction.getLogEntry();
        ByteString data = logged.getStateMachineLogEntry().getLogData();
        long start = System.nanoTime();
        Entry entry = transaction.getStateMachineContext() instanceof Entry known
                ? known
                : Entry.decode(Bytes.of(data.toByteArray()));
        Applied applied = replica.apply(logged.getIndex(), logged.getTerm(), entry);
        updateLastAppliedTermIndex(logged.getTerm(), logged.getIndex());
        entriesSinceSnapshot.incrementAndGet();
        bytesSinceSnapshot.addAndGet(data.size());
        observer.applied(System.nanoTime() - start);
        return CompletableFuture.completedFuture(new Reply(applied, logged.getTerm()));
    }

    /** Entries of Ratis' own too. */
    @Override
    protected boolean updateLastAppliedTermIndex(TermIndex applied) {
        boolean updated = super.updateLastAppliedTermIndex(applied);
        appliedIndex.reached(applied.getIndex());
        return updated;
    }

    @Override
    public long takeSnapshot() throws IOException {
        long start = System.nanoTime();
        TermIndex at = getLastAppliedTermIndex();
        required(snapshots).take(at, replica.position().index(), storage::checkpoint);
        resetCounters();
        observer.snapshotTaken(System.nanoTime() - start);
        LOG.debug("Snapshot taken at {}", at);
        return at.getIndex();
    }

    private void resetCounters() {
        entriesSinceSnapshot.set(0);
        bytesSinceSnapshot.set(0);
    }

    @Override
    public @Nullable SnapshotInfo getLatestSnapshot() {
        Snapshots known = snapshots;
        if (known == null) {
            return null;
        }
        try {
            Snapshots.Snapshot newest = known.latest().orElse(null);
            return newest == null ? null : Snapshots.info(newest);
        } catch (IOException e) {
            throw new UncheckedIOException("the snapshots cannot be listed", e);
        }
    }

    @Override
    public void notifyLeaderChanged(RaftGroupMemberId member, RaftPeerId leader) {
        observer.leaderChanged();
        onLeadership.run();
    }

    @Override
    public void notifyLogFailed(Throwable cause, @Nullable LogEntryProto entry) {
        observer.failed("the log cannot be written: " + cause);
    }

    @Override
    public void notifyLeaderReady() {
        onLeadership.run();
    }

    @Override
    public void close() throws IOException {
        super.close();
        replica.close();
        storage.close();
    }

    private static Snapshots required(@Nullable Snapshots known) {
        if (known == null) {
            throw new IllegalStateException("the machine is not initialized");
        }
        return known;
    }
}
