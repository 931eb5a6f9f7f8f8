package dev.xebec.events.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.model.object.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells a log of changes as events. It holds a small picture of each pod, Job, node and master, at one revision; changes are
 * applied in their order. Not thread-safe.
 */
public final class TaskLog {
    private final Map<String, Picture> pictures = new HashMap<>();

    /** Whether changes of this key are told at all. */
    public static boolean tells(String key) {
        return TaskKind.of(key) != null;
    }

    /** The prefixes of all keys that are told, in the order of keys. */
    public static List<String> prefixes() {
        return TaskKind.PREFIXES;
    }

    /** Takes an object as it is, about which nothing is to be told. */
    public void know(KeyValue stored) {
        TaskKind kind = TaskKind.of(stored.key());
        if (kind != null) {
            pictures.put(stored.key(), kind.picture(stored.key(), tree(stored)).remembered());
        }
    }

    /** The events of one change, in order. */
    public List<TaskEvent> apply(Change change) {
        TaskKind kind = TaskKind.of(change.key());
        if (kind == null) {
            return List.of();
        }
        Sayings sayings = new Sayings(change.revision());
        KeyValue current = change.current();
        if (current == null) {
            Picture before = pictures.remove(change.key());
            if (before != null) {
                before.ended(sayings);
            }
            return sayings.events();
        }
        Picture after = kind.picture(change.key(), tree(current));
        Picture before = pictures.put(change.key(), after.remembered());
        if (before != null && !before.about().uid().equals(after.about().uid())) {
            before.ended(sayings);
            before = null;
        }
        after.since(before, sayings);
        return sayings.events();
    }

    /** An object as it is, told to those who missed how it came to be. */
    public static List<TaskEvent> state(KeyValue stored, long revision) {
        TaskKind kind = TaskKind.of(stored.key());
        if (kind == null) {
            return List.of();
        }
        Sayings sayings = new Sayings(revision);
        kind.picture(stored.key(), tree(stored)).state(sayings);
        return sayings.events();
    }

    /** Objects of which it holds a picture. */
    public int size() {
        return pictures.size();
    }

    /** Bytes that are no object are nobody's doing here; they are taken for an object that says nothing. */
    private static ObjectNode tree(KeyValue stored) {
        try {
            return Json.parseObject(stored.value().array());
        } catch (IllegalArgumentException malformed) {
            return Json.object();
        }
    }
}
