package dev.xebec.kit.state;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.codec.MalformedMessageException;
import dev.xebec.contracts.state.ChangeSink;
import dev.xebec.contracts.state.ChangeSink.End;
import dev.xebec.contracts.state.Subscription;
import dev.xebec.kit.bus.BusStream;
import dev.xebec.kit.state.StateMessages.Flow;

/** Reads one change stream on a virtual thread and hands it to its sink until it is closed or lost. */
final class ChangeReader implements Subscription {
    private final StateSettings settings;
    private final Frontier frontier;
    private final BusStream stream;
    private final ChangeSink sink;
    private long through;
    /** When the replica last kept up, or got any further. */
    private long movedNanos = System.nanoTime();
    private volatile boolean closed;

    private ChangeReader(StateSettings settings, Frontier frontier, BusStream stream, ChangeSink sink) {
        this.settings = settings;
        this.frontier = frontier;
        this.stream = stream;
        this.sink = sink;
    }

    /** Begins to read. */
    static ChangeReader start(StateSettings settings, Frontier frontier, BusStream stream, ChangeSink sink) {
        ChangeReader reader = new ChangeReader(settings, frontier, stream, sink);
        Thread.ofVirtual().name("state-changes").start(reader::run);
        return reader;
    }

    private void run() {
        try (stream) {
            End end = read();
            sink.onEnd(closed ? new End.Closed() : end);
        }
    }

    private End read() {
        try {
            for (Bytes chunk = stream.receive(settings.silence()); chunk != null; chunk = stream
                    .receive(settings.silence())) {
                if (closed) {
                    return new End.Closed();
                }
                switch (StateMessages.flow(chunk)) {
                    case Flow.Changes changes -> {
                        sink.onChanges(changes.changes(), changes.through());
                        reached(changes.through());
                    }
                    case Flow.Progress progress -> {
                        sink.onProgress(progress.revision());
                        reached(progress.revision());
                    }
                    case Flow.Compacted compacted -> {
                        return new End.Compacted(compacted.compactedRevision());
                    }
                }
                if (System.nanoTime() - movedNanos > settings.lag().toNanos()) {
                    frontier.doubt();
                    return new End.Lost("the replica stays at revision " + through
                            + " although the leader has answered a newer one");
                }
            }
            return new End.Lost("the replica ended the stream");
        } catch (UnavailableException | MalformedMessageException e) {
            return new End.Lost(String.valueOf(e.getMessage()));
        }
    }

    private void reached(long revision) {
        if (revision > through || !frontier.beyond(revision)) {
            movedNanos = System.nanoTime();
        }
        through = revision;
    }

    @Override
    public void close() {
        closed = true;
        stream.close();
    }
}
