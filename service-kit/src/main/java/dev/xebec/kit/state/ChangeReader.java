package dev.xebec.kit.state;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.codec.MalformedMessageException;
import dev.xebec.contracts.state.ChangeSink;
import dev.xebec.contracts.state.ChangeSink.End;
import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.Subscription;
import dev.xebec.kit.bus.Bus;
import dev.xebec.kit.bus.BusStream;
import dev.xebec.kit.state.StateMessages.Flow;

/** Reads one change stream on a virtual thread and hands it to its sink until it is closed or lost. */
final class ChangeReader implements Subscription {
    private final StateSettings settings;
    private final BusStream stream;
    private final ChangeSink sink;
    private volatile boolean closed;

    private ChangeReader(StateSettings settings, BusStream stream, ChangeSink sink) {
        this.settings = settings;
        this.stream = stream;
        this.sink = sink;
    }

    /** Opens the stream, which may throw {@link UnavailableException}, and begins to read. */
    static ChangeReader start(Bus bus, StateSettings settings, ChangesQuery query, ChangeSink sink) {
        BusStream stream = bus.open(StateMessages.ANY, StateMessages.query(query), settings.attempt());
        ChangeReader reader = new ChangeReader(settings, stream, sink);
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
                    case Flow.Changes changes -> sink.onChanges(changes.changes(), changes.through());
                    case Flow.Progress progress -> sink.onProgress(progress.revision());
                    case Flow.Compacted compacted -> {
                        return new End.Compacted(compacted.compactedRevision());
                    }
                }
            }
            return new End.Lost("the replica ended the stream");
        } catch (UnavailableException | MalformedMessageException e) {
            return new End.Lost(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        closed = true;
        stream.close();
    }
}
