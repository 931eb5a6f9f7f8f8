package dev.xebec.simulator.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Histories as a test tells them: short to write, wrong where the test wants it. */
final class Told {
    private static final long FOREVER = 1_000_000;

    private final List<Entry> entries = new ArrayList<>();
    private final List<Entry.Listing> finals = new ArrayList<>();

    static ObjectId map(String name) {
        return new ObjectId("configmaps", "work", name);
    }

    static ObjectState state(String name, long revision, String value, String... labels) {
        return new ObjectState(map(name), revision, "uid-" + name, value, "digest-" + value + List.of(labels),
                labels(labels), Facts.NONE);
    }

    static ObjectState pod(String name, long revision, String node, long cpuMillis) {
        return pod(name, "uid-" + name, revision, new Facts.Pod("", node, false, false, cpuMillis, 1));
    }

    static ObjectState pod(String name, String uid, long revision, Facts.Pod facts) {
        return new ObjectState(new ObjectId("pods", "work", name), revision, uid, "", facts.toString(), Map.of(),
                facts);
    }

    static ObjectState node(String name, long revision, Facts.Node facts) {
        return new ObjectState(new ObjectId("nodes", "", name), revision, "uid-" + name, "", facts.toString(), Map.of(),
                facts);
    }

    static ObjectState allocation(String node, long revision, long binds) {
        return new ObjectState(new ObjectId("nodeallocations.cluster.xebec.dev", "", node), revision, "uid-" + node, "",
                "binds-" + binds, Map.of(), new Facts.Allocation(binds));
    }

    private static Map<String, String> labels(String... pairs) {
        return pairs.length == 0 ? Map.of() : Map.of(pairs[0], pairs[1]);
    }

    Told wrote(long begun, long ended, Intent intent, ObjectState answer) {
        entries.add(new Entry.Write("writer", "gw-0", begun, ended, answer.id(), intent,
                new Outcome.Acknowledged(answer)));
        return this;
    }

    Told deleted(long begun, long ended, String name, long expected) {
        entries.add(new Entry.Write("writer", "gw-0", begun, ended, map(name), new Intent.Delete(expected),
                new Outcome.Acknowledged(null)));
        return this;
    }

    Told refused(long begun, long ended, String name, Intent intent, String reason) {
        entries.add(new Entry.Write("writer", "gw-0", begun, ended, map(name), intent, new Outcome.Refused(reason)));
        return this;
    }

    Told unanswered(long begun, long ended, String name, Intent intent) {
        entries.add(new Entry.Write("writer", "gw-0", begun, ended, map(name), intent, new Outcome.Unknown("cut")));
        return this;
    }

    Told got(long begun, long ended, String name, @Nullable ObjectState seen) {
        entries.add(new Entry.Get("reader", "gw-1", begun, ended, Entry.Consistency.LINEARIZABLE, map(name), seen));
        return this;
    }

    Told listed(long begun, long ended, long revision, ObjectState... items) {
        entries.add(list("reader", "gw-1", begun, ended, Entry.Consistency.LINEARIZABLE, maps(), revision, items));
        return this;
    }

    Told listedAny(long begun, long ended, long revision, ObjectState... items) {
        entries.add(list("reader", "gw-1", begun, ended, Entry.Consistency.ANY, maps(), revision, items));
        return this;
    }

    /** What a gateway shows in the end. */
    Told inTheEnd(String gateway, String resource, long revision, ObjectState... items) {
        finals.add(list("final", gateway, FOREVER, FOREVER + 1, Entry.Consistency.LINEARIZABLE, Scope.all(resource),
                revision, items));
        return this;
    }

    static Entry.Listing list(String client, String gateway, long begun, long ended, Entry.Consistency consistency,
            Scope scope, long revision, ObjectState... items) {
        return new Entry.Listing(client, gateway, begun, ended, consistency, scope, revision, List.of(items));
    }

    static Scope maps(String... labels) {
        return new Scope("configmaps", "work", labels(labels));
    }

    /** A list and a watch from there that the client stops. */
    Told watched(String client, Scope scope, long from, List<ObjectState> start, WatchItem... items) {
        return watched(client, scope, from, start, Entry.End.STOPPED, items);
    }

    Told watched(String client, Scope scope, long from, List<ObjectState> start, Entry.End end, WatchItem... items) {
        Entry.Listing list = list(client, "gw-" + client, 0, 1, Entry.Consistency.ANY, scope, from,
                start.toArray(ObjectState[]::new));
        entries.add(new Entry.Watch(client, "gw-" + client, 2, FOREVER, scope, from, list, List.of(items), end));
        return this;
    }

    /** The same client goes on elsewhere. */
    Told resumed(String client, Scope scope, long from, WatchItem... items) {
        entries.add(new Entry.Watch(client, "gw-other", 3, FOREVER, scope, from, null, List.of(items),
                Entry.End.STOPPED));
        return this;
    }

    static WatchItem added(ObjectState state) {
        return new WatchItem.Event(state.revision() * 10, WatchItem.Type.ADDED, state);
    }

    static WatchItem modified(ObjectState state) {
        return new WatchItem.Event(state.revision() * 10, WatchItem.Type.MODIFIED, state);
    }

    /** @param last the last state; shown with the revision of the deletion */
    static WatchItem gone(ObjectState last, long revision) {
        return new WatchItem.Event(revision * 10, WatchItem.Type.DELETED, new ObjectState(last.id(), revision,
                last.uid(), last.value(), last.digest(), last.labels(), last.facts()));
    }

    static WatchItem bookmark(long revision) {
        return new WatchItem.Bookmark(revision * 10, revision);
    }

    History history() {
        return new History(entries);
    }

    HistoryReport report() {
        return HistoryReport.check(history(), finals);
    }
}
