package dev.xebec.state.etcd;

import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.ChangeSink;
import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.Subscription;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.common.exception.CompactedException;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchEvent;
import io.etcd.jetcd.watch.WatchResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One stream of changes out of etcd. It watches all keys and leaves out those not asked for, because only so is each revision
 * of the store an event, and how far the stream is known without asking: etcd below 3.4.25 may tell progress before the events.
 * A sink that falls behind holds back nobody: what waits for it is bounded, and read anew from etcd once it has caught up.
 */
final class EtcdChanges implements Subscription {
    /** Bytes that may wait for the sink. */
    private static final long MAX_WAITING_BYTES = 16L * 1024 * 1024;
    private static final long PROGRESS_MILLIS = 500;

    private final Watch watch;
    private final EtcdLayout layout;
    private final ChangesQuery query;
    private final ChangeSink sink;
    private final Neighbourhood store;
    private final LinkedBlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final Thread thread;
    private Watch.@Nullable Watcher watcher;
    private long through;
    /** A tick ago the store was known to be further on. */
    private boolean behind;

    /** What a stream asks of the store around it. */
    interface Neighbourhood {
        /** The revision below which the store refuses reads. */
        long compacted();

        /** The newest revision that etcd has mentioned to anybody here. */
        long newestSeen();

        void saw(long revision);

        /** Writes something, so that there is an event. */
        void touch();
    }

    /** What a watch says. */
    private sealed interface Signal {
        record Events(Object watch, WatchResponse response, long bytes) implements Signal {}

        record Failed(Object watch, Throwable cause) implements Signal {}

        record Close() implements Signal {}
    }

    /** More came than the sink took. */
    private static final class Overflow extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    EtcdChanges(Watch watch, EtcdLayout layout, ChangesQuery query, ChangeSink sink, Neighbourhood store) {
        this.watch = watch;
        this.layout = layout;
        this.query = query;
        this.sink = sink;
        this.store = store;
        // An etcd that nothing was ever written to stands at revision 1, which is nobody's.
        through = Math.max(1, query.fromRevision() - 1);
        thread = Thread.ofVirtual().name("etcd-changes").unstarted(this::run);
    }

    EtcdChanges start() {
        thread.start();
        return this;
    }

    private void run() {
        ChangeSink.End end;
        try {
            end = stream();
        } catch (RuntimeException failed) {
            end = new ChangeSink.End.Lost(String.valueOf(failed.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end = new ChangeSink.End.Closed();
        }
        stopWatching();
        sink.onEnd(end);
    }

    private ChangeSink.End stream() throws InterruptedException {
        long oldest = store.compacted();
        if (query.fromRevision() < oldest) {
            return new ChangeSink.End.Compacted(oldest);
        }
        Object current = open();
        while (true) {
            Signal signal = signals.poll(PROGRESS_MILLIS, TimeUnit.MILLISECONDS);
            if (signal == null) {
                sink.onProgress(through);
                catchUp();
                continue;
            }
            switch (signal) {
                case Signal.Close close -> {
                    return new ChangeSink.End.Closed();
                }
                case Signal.Failed failed -> {
                    if (failed.watch() == current && failed.cause() instanceof Overflow) {
                        current = open();
                    } else if (failed.watch() == current) {
                        return end(failed.cause());
                    }
                }
                case Signal.Events events -> {
                    waitingBytes.addAndGet(-events.bytes());
                    if (events.watch() == current) {
                        deliver(events.response());
                    }
                }
            }
        }
    }

    private ChangeSink.End end(Throwable cause) {
        if (cause instanceof CompactedException) {
            return new ChangeSink.End.Compacted(Math.max(store.compacted(), through + 2));
        }
        return new ChangeSink.End.Lost(String.valueOf(EtcdCalls.failure(cause).getMessage()));
    }

    /** An etcd that was restored from a snapshot may stand at a revision that no event has. */
    private void catchUp() {
        if (store.newestSeen() <= through) {
            behind = false;
        } else if (behind) {
            store.touch();
            behind = false;
        } else {
            behind = true;
        }
    }

    /** Watches from the revision after the last one delivered; answers the watch's identity. */
    private Object open() {
        stopWatching();
        Object identity = new Object();
        WatchOption option = WatchOption.builder().withRange(EtcdLayout.ALL).withRevision(through + 1)
                .withRequireLeader(true).build();
        watcher = watch.watch(EtcdLayout.ALL, option, new Watch.Listener() {
            @Override
            public void onNext(WatchResponse response) {
                offer(identity, response);
            }

            @Override
            public void onError(Throwable cause) {
                signals.add(new Signal.Failed(identity, cause));
            }

            @Override
            public void onCompleted() {
                signals.add(new Signal.Failed(identity, new IllegalStateException("etcd ended the watch")));
            }
        });
        return identity;
    }

    private void offer(Object identity, WatchResponse response) {
        long bytes = 0;
        for (WatchEvent event : response.getEvents()) {
            bytes += 128L + event.getKeyValue().getKey().size() + event.getKeyValue().getValue().size();
        }
        // The rest is read anew once the sink has taken what waits.
        if (waitingBytes.addAndGet(bytes) - bytes > MAX_WAITING_BYTES) {
            waitingBytes.addAndGet(-bytes);
            signals.add(new Signal.Failed(identity, new Overflow()));
            return;
        }
        signals.add(new Signal.Events(identity, response, bytes));
    }

    private void deliver(WatchResponse response) {
        List<Change> changes = new ArrayList<>();
        long last = through;
        for (WatchEvent event : response.getEvents()) {
            io.etcd.jetcd.KeyValue stored = event.getKeyValue();
            long revision = stored.getModRevision();
            // A watch that etcd's client resumes by itself may begin with what was delivered.
            if (revision <= through) {
                continue;
            }
            last = Math.max(last, revision);
            if (layout.isData(stored.getKey())) {
                String name = layout.name(stored.getKey());
                if (name.startsWith(query.keyPrefix())) {
                    boolean deletion = event.getEventType() == WatchEvent.EventType.DELETE;
                    changes.add(new Change(revision, name, deletion ? null : layout.keyValue(stored)));
                }
            }
        }
        if (last == through) {
            return;
        }
        through = last;
        store.saw(through);
        if (changes.isEmpty()) {
            sink.onProgress(through);
        } else {
            sink.onChanges(List.copyOf(changes), through);
        }
    }

    private void stopWatching() {
        Watch.Watcher running = watcher;
        watcher = null;
        if (running != null) {
            running.close();
        }
    }

    @Override
    public void close() {
        signals.add(new Signal.Close());
    }
}
