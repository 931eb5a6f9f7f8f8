package dev.xebec.state.service;

import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.StoreStatus;
import dev.xebec.kit.metrics.Metrics;
import dev.xebec.state.raft.Observer;
import dev.xebec.state.raft.RaftStateStore;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/** What a replica tells operators, under names like those that etcd's have. */
final class StateMetrics implements Observer {
    /** 0.5 ms to 8 s. */
    private static final double[] BUCKETS = {0.0005, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256,
            0.512, 1.024, 2.048, 4.096, 8.192};
    private static final double NANOS_PER_SECOND = 1e9;

    private final Metrics metrics;
    private final String replica;
    private final Consumer<String> onFailure;
    private final Metrics.Histogram commits;
    private final Metrics.Histogram applies;
    private final Metrics.Histogram snapshots;
    private final Metrics.Counter installs;
    private final Metrics.Counter leaderChanges;
    private final Metrics.Counter barriersByTerms;
    private final Metrics.Counter barriersByEntry;

    /** @param onFailure told why the replica failed for good: who counts does not act */
    StateMetrics(Metrics metrics, String replica, Consumer<String> onFailure) {
        this.metrics = metrics;
        this.replica = replica;
        this.onFailure = onFailure;
        commits = histogram("xebec_state_commit_duration_seconds",
                "From submitting a log entry on the leader until it is replicated, synced and applied there.");
        applies = histogram("xebec_state_apply_duration_seconds", "Applying one log entry to the storage.");
        snapshots = histogram("xebec_state_snapshot_duration_seconds",
                "Taking a snapshot, while applying stands still.");
        installs = metrics.counter("xebec_state_snapshots_installed_total", "Snapshots received from the leader.",
                "replica", replica);
        leaderChanges = metrics.counter("xebec_state_leader_changes_seen_total", "Changes of the leader seen.",
                "replica", replica);
        barriersByTerms = barriers("terms");
        barriersByEntry = barriers("entry");
    }

    @Override
    public void failed(String why) {
        onFailure.accept(why);
    }

    private Metrics.Counter barriers(String how) {
        return metrics.counter("xebec_state_read_barriers_total",
                "Rounds of the read barrier on the leader, by what confirmed it: the others' terms, or an entry in the log.",
                "replica", replica, "by", how);
    }

    /** Gauges that read the store whenever somebody scrapes. */
    void watch(RaftStateStore store) {
        gauge("xebec_state_has_leader", "Whether a leader is known: 1 or 0.",
                () -> status(store).leader().isEmpty() ? 0 : 1);
        gauge("xebec_state_is_leader", "Whether this replica leads: 1 or 0.", () -> store.leads() ? 1 : 0);
        gauge("xebec_state_voters", "Replicas whose votes count, as this one knows the group.", store::voters);
        gauge("xebec_state_applied_revision", "Newest revision applied.",
                () -> store.replica().position().revision());
        gauge("xebec_state_compacted_revision", "Reads below this revision fail.",
                () -> store.replica().position().compacted());
        gauge("xebec_state_backlog_entries", "Log entries committed and not yet applied.", store::backlog);
        gauge("xebec_state_db_total_size_in_bytes", "Bytes that the state takes on disk, without log and snapshots.",
                () -> status(store).bytesOnDisk());
        gauge("xebec_state_raft_term", "The Raft term.", () -> status(store).term());
    }

    private static StoreStatus status(RaftStateStore store) {
        return store.status(LogGroup.MAIN);
    }

    private Metrics.Histogram histogram(String name, String help) {
        return metrics.histogram(name, help, BUCKETS, "replica", replica);
    }

    private void gauge(String name, String help, DoubleSupplier value) {
        metrics.gauge(name, help, value, "replica", replica);
    }

    @Override
    public void committed(long nanos) {
        commits.observe(nanos / NANOS_PER_SECOND);
    }

    @Override
    public void applied(long nanos) {
        applies.observe(nanos / NANOS_PER_SECOND);
    }

    @Override
    public void snapshotTaken(long nanos) {
        snapshots.observe(nanos / NANOS_PER_SECOND);
    }

    @Override
    public void snapshotInstalled() {
        installs.increment();
    }

    @Override
    public void leaderChanged() {
        leaderChanges.increment();
    }

    @Override
    public void confirmedByTerms() {
        barriersByTerms.increment();
    }

    @Override
    public void confirmedByEntry() {
        barriersByEntry.increment();
    }
}
