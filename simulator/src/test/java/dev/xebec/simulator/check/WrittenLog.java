package dev.xebec.simulator.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.Keys;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A log written by hand, one revision after another, with the invariants that look at it. JSON may be in single quotes. */
final class WrittenLog {
    private final Invariants invariants;
    private final Map<String, KeyValue> heads = new TreeMap<>();

    /** What a revision does to one object. @param json null for its deletion */
    record Edit(String key, @Nullable String json) {}

    WrittenLog(Invariant... looking) {
        invariants = new Invariants(KindRegistry.builtIn(), List.of(looking));
    }

    static Edit put(GroupVersionResource resource, String json) {
        String text = json.replace('\'', '"');
        ApiObject object = ApiObject.parse(Bytes.utf8(text).array());
        return new Edit(Keys.of(resource.group(), resource.resource(), object.namespace(), object.name()), text);
    }

    static Edit delete(GroupVersionResource resource, String namespace, String name) {
        return new Edit(Keys.of(resource.group(), resource.resource(), namespace, name), null);
    }

    Invariants invariants() {
        return invariants;
    }

    Truth truth() {
        return invariants.truth();
    }

    /** All edits at one new revision. */
    WrittenLog commit(Edit... edits) {
        long revision = truth().revision() + 1;
        List<Change> changes = new ArrayList<>();
        for (Edit edit : edits) {
            String json = edit.json();
            KeyValue head = heads.get(edit.key());
            if (json == null) {
                heads.remove(edit.key());
                changes.add(new Change(revision, edit.key(), null));
            } else {
                KeyValue next = new KeyValue(edit.key(), Bytes.utf8(json),
                        head == null ? revision : head.createRevision(),
                        revision, head == null ? 1 : head.version() + 1);
                heads.put(edit.key(), next);
                changes.add(new Change(revision, edit.key(), next));
            }
        }
        invariants.committed(revision, changes);
        return this;
    }

    /** These edits must break the invariant. */
    void refused(String invariant, Edit... edits) {
        assertEquals(invariant, assertThrows(Violation.class, () -> commit(edits)).invariant());
    }

    /** What is there now must not pass as settled. */
    void unsettled(String invariant) {
        assertEquals(invariant, assertThrows(Violation.class, invariants::settled).invariant());
    }
}
