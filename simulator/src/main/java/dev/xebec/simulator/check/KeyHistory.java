package dev.xebec.simulator.check;

import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.KeyValue;
import java.util.List;

/**
 * A key's versions count up from its creation: the revision that creates it is its createRevision for as long as it lives, its
 * version is 1 then and one more at each put, and its modRevision is that of the change. What is deleted was there.
 */
final class KeyHistory implements Invariant {
    private static final String NAME = "key-history";

    @Override
    public void committed(long revision, List<Change> changes, Truth truth) {
        if (truth.transitions().stream().map(step -> step.change().key()).distinct().count() != changes.size()) {
            throw new Violation(NAME, revision, "a key changes once in a revision", changes.toString());
        }
        truth.transitions().forEach(KeyHistory::check);
    }

    private static void check(Transition step) {
        Stored before = step.before();
        Stored after = step.after();
        if (after == null) {
            if (before == null) {
                throw new Violation(NAME, step.revision(), "only what is there is deleted", "deletion of " + step);
            }
            return;
        }
        KeyValue found = after.keyValue();
        long created = before == null ? step.revision() : before.keyValue().createRevision();
        long version = before == null ? 1 : before.keyValue().version() + 1;
        KeyValue expected = new KeyValue(step.change().key(), found.value(), created, step.revision(), version);
        if (!found.equals(expected)) {
            throw new Violation(NAME, step.revision(), expected.toString(), found.toString());
        }
    }
}
