package dev.xebec.events.publish;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.ChangeSink;
import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.contracts.state.StoreStatus;
import dev.xebec.contracts.state.Subscription;
import dev.xebec.contracts.state.TxnResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A store that can only be read and whose log is a file, which another process makes longer: so a publisher may be killed and its
 * store not. A line is a revision, a key, a version and a value; a revision counts once a line of a later one follows.
 */
final class LogFile implements StateStore {
    private final Path file;

    LogFile(Path file) {
        this.file = file;
    }

    static String line(Change change) {
        KeyValue current = change.current();
        return change.revision() + " " + change.key() + " " + (current == null
                ? "0 -"
                : current.version() + " "
                        + Base64.getEncoder().encodeToString(current.value().array()))
                + "\n";
    }

    private List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        try {
            String text = Files.readString(file);
            for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
                String[] parts = line.split(" ");
                if (parts.length == 4) {
                    long revision = Long.parseLong(parts[0]);
                    long version = Long.parseLong(parts[2]);
                    changes.add(new Change(revision, parts[1], version == 0
                            ? null
                            : new KeyValue(parts[1], Bytes.of(Base64.getDecoder().decode(parts[3])), 0, revision,
                                    version)));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        while (!changes.isEmpty()
                && changes.getLast().revision() == changes.get(Math.max(0, changes.size() - 2)).revision()) {
            changes.removeLast();
        }
        return changes.isEmpty() ? changes : changes.subList(0, changes.size() - 1);
    }

    @Override
    public RangeResult range(RangeQuery query) {
        long at = query.atRevision() == 0 ? Long.MAX_VALUE : query.atRevision();
        NavigableMap<String, KeyValue> found = new TreeMap<>();
        long newest = 0;
        for (Change change : changes()) {
            if (change.revision() <= at) {
                newest = change.revision();
                if (change.current() == null) {
                    found.remove(change.key());
                } else {
                    found.put(change.key(), change.current());
                }
            }
        }
        NavigableMap<String, KeyValue> wanted = found.tailMap(query.from(), true);
        if (!query.to().isEmpty()) {
            wanted = wanted.headMap(query.to(), false);
        }
        return new RangeResult.Page(newest, List.copyOf(wanted.values()), false);
    }

    @Override
    public Subscription changes(ChangesQuery query, ChangeSink sink) {
        Thread reader = Thread.ofVirtual().start(() -> {
            long told = query.fromRevision() - 1;
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    long from = told;
                    List<Change> news = changes().stream().filter(change -> change.revision() > from).toList();
                    if (!news.isEmpty()) {
                        told = news.getLast().revision();
                        sink.onChanges(news, told);
                    }
                    Thread.sleep(20);
                }
            } catch (InterruptedException closed) {
                sink.onEnd(new ChangeSink.End.Closed());
            }
        });
        return reader::interrupt;
    }

    @Override
    public long currentRevision(LogGroup group) {
        List<Change> all = changes();
        return all.isEmpty() ? 0 : all.getLast().revision();
    }

    @Override
    public StoreStatus status(LogGroup group) {
        return new StoreStatus("file", "file", currentRevision(group), 0, 0, 0);
    }

    @Override
    public List<TxnResult> propose(Proposal proposal) {
        throw new UnsupportedOperationException("a file that another process writes");
    }

    @Override
    public long compact(LogGroup group, long revision) {
        throw new UnsupportedOperationException("a file that another process writes");
    }
}
