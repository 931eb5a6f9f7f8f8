package dev.xebec.kit.state;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.ChangeSink;
import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.Subscription;
import dev.xebec.kit.bus.BusStream;
import dev.xebec.kit.state.StateMessages.Flow;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Carries a replica's changes into one stream. The store's thread sends, and is held back by the stream's window; the
 * handler's thread waits for the subscriber to go.
 */
final class ChangeFeed implements ChangeSink, AutoCloseable {
    private final BusStream stream;
    private final AtomicReference<@Nullable End> end = new AtomicReference<>();

    ChangeFeed(BusStream stream) {
        this.stream = stream;
    }

    /** Returns when the subscriber has gone or the store has ended the stream. */
    void run(StateStore store, ChangesQuery query) {
        try (Subscription subscription = store.changes(query, this)) {
            awaitSubscriberGone();
        }
    }

    private void awaitSubscriberGone() {
        try {
            while (stream.receive(Duration.ZERO) != null) {
                // A subscriber has nothing to say; whatever it says is skipped.
                continue;
            }
        } catch (UnavailableException e) {
            if (end.get() == null) {
                throw e;
            }
        }
    }

    @Override
    public void onChanges(List<Change> changes, long through) {
        int start = 0;
        long bytes = 0;
        for (int i = 0; i < changes.size(); i++) {
            boolean newRevision = i > start && changes.get(i).revision() != changes.get(i - 1).revision();
            if (bytes > StateMessages.PAGE_BYTES && newRevision) {
                send(new Flow.Changes(changes.subList(start, i), changes.get(i - 1).revision()));
                start = i;
                bytes = 0;
            }
            KeyValue current = changes.get(i).current();
            bytes += changes.get(i).key().length() + (current == null ? 0 : current.value().size());
        }
        send(new Flow.Changes(changes.subList(start, changes.size()), through));
    }

    @Override
    public void onProgress(long revision) {
        send(new Flow.Progress(revision));
    }

    private void send(Flow flow) {
        if (end.get() != null) {
            return;
        }
        try {
            stream.send(StateMessages.flow(flow));
        } catch (UnavailableException e) {
            // The subscriber is gone; the handler's thread hears of it too and ends the subscription.
            end.compareAndSet(null, new End.Closed());
        }
    }

    @Override
    public void onEnd(End reason) {
        if (!end.compareAndSet(null, reason)) {
            return;
        }
        switch (reason) {
            case End.Compacted compacted -> {
                finish(new Flow.Compacted(compacted.compactedRevision()));
            }
            case End.Lost lost -> stream.fail(lost.reason());
            case End.Closed closed -> stream.close();
        }
    }

    private void finish(Flow last) {
        try {
            stream.send(StateMessages.flow(last));
            stream.close();
        } catch (UnavailableException e) {
            // Gone already: nobody is left to be told.
            stream.close();
        }
    }

    @Override
    public void close() {
        end.compareAndSet(null, new End.Closed());
    }
}
