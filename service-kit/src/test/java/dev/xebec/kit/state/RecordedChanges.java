package dev.xebec.kit.state;

import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.ChangeSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What a sink has heard. */
final class RecordedChanges implements ChangeSink {
    private final List<Integer> revisions = new ArrayList<>();
    private final CompletableFuture<End> end = new CompletableFuture<>();
    private long through;
    private long progress;
    private int told;

    @Override
    public synchronized void onChanges(List<Change> changes, long last) {
        changes.forEach(change -> revisions.add((int) change.revision()));
        through = last;
    }

    @Override
    public synchronized void onProgress(long revision) {
        told++;
        progress = revision;
    }

    @Override
    public void onEnd(End reason) {
        end.complete(reason);
    }

    synchronized List<Integer> revisions() {
        return List.copyOf(revisions);
    }

    synchronized long through() {
        return through;
    }

    /** How often progress was told. */
    synchronized int told() {
        return told;
    }

    boolean ended() {
        return end.isDone();
    }

    synchronized long progress() {
        return progress;
    }

    End end() {
        return end.orTimeout(30, TimeUnit.SECONDS).join();
    }
}
