package dev.xebec.simulator.check;

import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.Keys;
import dev.xebec.gateway.cache.StoreKey;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the log says that there is, kept by the checkers themselves and by no replica: every object at the newest revision,
 * and every version of the last revisions. Used by one thread.
 */
public final class Truth {
    /** Revisions that can be looked back: as far as a gateway's cache goes when it starts, and some more. */
    public static final int KEPT_REVISIONS = 12_000;
    private static final String NAME = "revisions";

    private final int kept;
    /** Every version that a kept revision can see, oldest first. */
    private final TreeMap<String, ArrayDeque<Version>> versions = new TreeMap<>();
    /** One per revision after {@link #oldest()}, oldest first, by revision modulo its length. */
    private final @Nullable Step[] steps;
    private long revision;
    private long digest;

    private record Version(long revision, @Nullable Stored stored) {}

    private record Step(List<Transition> transitions, long digest) {}

    public Truth() {
        this(KEPT_REVISIONS);
    }

    /** @param kept revisions that can be looked back */
    public Truth(int kept) {
        this.kept = kept;
        this.steps = new Step[kept + 1];
        steps[0] = new Step(List.of(), 0);
    }

    /** {@code <group>/<resource>}, as gateways' images name their maps. */
    public static String nameOf(GroupVersionResource resource) {
        return resource.group() + "/" + resource.resource();
    }

    /** Takes the next revision. Throws {@link Violation} where it is not the next one. */
    void apply(long next, List<Change> changes) {
        if (next != revision + 1) {
            throw new Violation(NAME, next, "revision " + (revision + 1) + " after " + revision, "revision " + next);
        }
        if (changes.isEmpty() || changes.stream().anyMatch(change -> change.revision() != next)) {
            throw new Violation(NAME, next, "changes of this revision", changes.toString());
        }
        step(revision).transitions().forEach(Truth::forgetTree);
        List<Transition> transitions = new ArrayList<>(changes.size());
        for (Change change : changes) {
            transitions.add(transition(change));
        }
        revision = next;
        steps[slot(next)] = new Step(List.copyOf(transitions), digest);
        if (oldest() > 0) {
            step(oldest()).transitions().forEach(this::forgetBefore);
        }
    }

    private static void forgetTree(Transition transition) {
        Stored before = transition.before();
        if (before != null) {
            before.forgetTree();
        }
    }

    private Transition transition(Change change) {
        StoreKey key = StoreKey.parse(change.key());
        if (key == null) {
            throw new Violation("keys", change.revision(), "a key group/resource/namespace/name", change.key());
        }
        ArrayDeque<Version> history = versions.computeIfAbsent(change.key(), fresh -> new ArrayDeque<>(2));
        Version last = history.peekLast();
        Stored before = last == null ? null : last.stored();
        KeyValue current = change.current();
        Stored after = current == null ? null : new Stored(current, key);
        digest += (after == null ? 0 : after.digest()) - (before == null ? 0 : before.digest());
        history.addLast(new Version(change.revision(), after));
        return new Transition(change, key, before, after);
    }

    /** Nobody can look further back than this change any more. */
    private void forgetBefore(Transition transition) {
        String key = transition.change().key();
        ArrayDeque<Version> history = versions.get(key);
        if (history == null) {
            return;
        }
        while (history.size() > 1 && history.getFirst().revision() < transition.revision()) {
            history.removeFirst();
        }
        if (history.size() == 1 && history.getFirst().stored() == null) {
            versions.remove(key);
        }
    }

    /** The newest revision; 0 before the first. */
    public long revision() {
        return revision;
    }

    /** The oldest revision that can be looked at. */
    public long oldest() {
        return Math.max(0, revision - kept);
    }

    /** Whether this revision has come and is still kept. */
    public boolean knows(long asked) {
        return asked >= oldest() && asked <= revision;
    }

    /** What the newest revision changed, in the log's order. */
    public List<Transition> transitions() {
        return step(revision).transitions();
    }

    /** What a revision after {@link #oldest()} changed. */
    public List<Transition> transitionsAt(long asked) {
        return step(asked).transitions();
    }

    /** Of all objects as a kept revision has them. */
    public long digestAt(long asked) {
        return step(asked).digest();
    }

    /** By the store's key; null where there is none. */
    public @Nullable Stored stored(String key) {
        ArrayDeque<Version> history = versions.get(key);
        return history == null ? null : history.getLast().stored();
    }

    /** As a kept revision has it. */
    public @Nullable Stored storedAt(String key, long asked) {
        step(asked);
        ArrayDeque<Version> history = versions.get(key);
        return history == null ? null : at(history, asked);
    }

    public @Nullable ApiObject get(GroupVersionResource resource, ObjectKey key) {
        return get(resource, key.namespace(), key.name());
    }

    public @Nullable ApiObject get(GroupVersionResource resource, String namespace, String name) {
        Stored stored = stored(Keys.of(resource.group(), resource.resource(), namespace, name));
        return stored == null ? null : stored.object();
    }

    /** All of a resource, in the order of their keys: costs as much as there are. */
    public List<ApiObject> objects(GroupVersionResource resource) {
        List<ApiObject> objects = new ArrayList<>();
        storedAt(resource, revision).forEach(stored -> objects.add(stored.object()));
        return objects;
    }

    /** All of a resource as a kept revision has them, in the order of their keys. */
    public List<Stored> storedAt(GroupVersionResource resource, long asked) {
        return storedIn(Keys.prefix(resource.group(), resource.resource()), asked);
    }

    /** Everything there is, in the order of keys. */
    List<Stored> everything() {
        return storedIn("", revision);
    }

    private List<Stored> storedIn(String prefix, long asked) {
        return range(prefix, Keys.endOfPrefix(prefix), asked);
    }

    /** What is in [{@code from}, {@code to}) at a kept revision; an empty {@code to} is no end. */
    List<Stored> range(String from, String to, long asked) {
        step(asked);
        NavigableMap<String, ArrayDeque<Version>> range = to.isEmpty()
                ? versions.tailMap(from, true)
                : versions.subMap(from, true, to, false);
        List<Stored> found = new ArrayList<>();
        range.values().forEach(history -> {
            Stored stored = at(history, asked);
            if (stored != null) {
                found.add(stored);
            }
        });
        return found;
    }

    private static @Nullable Stored at(ArrayDeque<Version> history, long asked) {
        Iterator<Version> newestFirst = history.descendingIterator();
        while (newestFirst.hasNext()) {
            Version version = newestFirst.next();
            if (version.revision() <= asked) {
                return version.stored();
            }
        }
        return null;
    }

    private int slot(long asked) {
        return (int) (asked % steps.length);
    }

    private Step step(long asked) {
        Step step = knows(asked) ? steps[slot(asked)] : null;
        if (step == null) {
            throw new IllegalArgumentException("revision " + asked + " is not among those kept, " + oldest() + " to "
                    + revision);
        }
        return step;
    }
}
