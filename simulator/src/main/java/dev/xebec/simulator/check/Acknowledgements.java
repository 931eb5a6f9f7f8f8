package dev.xebec.simulator.check;

import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.contracts.state.Write;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the store told its clients is what the log has: a committed transaction stands at its revision with its writes and no
 * others, and its guards held right before; a refused one has a guard that did not hold; a page of a range is the truth of
 * its revision; a read barrier is no older than what was acknowledged before it was asked for.
 */
final class Acknowledgements {
    private static final String NAME = "acknowledgements";

    private final Truth truth;
    private long newest;

    Acknowledgements(Truth truth) {
        this.truth = truth;
    }

    /** The newest revision that any client knows to be committed. */
    long newest() {
        return newest;
    }

    void answered(Txn txn, TxnResult result) {
        switch (result) {
            case TxnResult.Committed committed -> committed(txn, committed.revision());
            case TxnResult.Refused refused -> refused(txn, refused);
            case TxnResult.Invalid invalid -> {
                // Says nothing about the log.
            }
        }
    }

    private void committed(Txn txn, long revision) {
        mustHaveCome(revision, "a committed transaction");
        newest = Math.max(newest, revision);
        if (!truth.knows(revision - 1)) {
            return;
        }
        TreeMap<String, String> wanted = new TreeMap<>();
        for (Write write : txn.writes()) {
            String effect = effect(write, revision - 1);
            if (!effect.isEmpty()) {
                wanted.put(write.key(), effect);
            }
        }
        TreeMap<String, String> found = new TreeMap<>();
        truth.transitionsAt(revision)
                .forEach(step -> found.put(step.change().key(), effect(step.change().current())));
        boolean wrote = !wanted.isEmpty() && found.equals(wanted);
        // Somebody else's deletion of the same keys right before leaves nothing to do, at the same revision.
        boolean nothingToDo = txn.writes().stream()
                .allMatch(write -> write instanceof Write.Delete && truth.storedAt(write.key(), revision) == null);
        if (!wrote && !nothingToDo) {
            throw new Violation(NAME, revision,
                    "exactly the writes of the transaction that was acknowledged: " + wanted,
                    found.toString());
        }
        boolean heldBefore = txn.guards().stream().allMatch(guard -> holds(guard, revision - 1));
        if (wrote && (heldBefore || !nothingToDo)) {
            guardsHeld(txn, revision, revision - 1);
            return;
        }
        guardsHeld(txn, revision, revision);
    }

    private String effect(Write write, long before) {
        return switch (write) {
            case Write.Put put -> effect(new KeyValue(put.key(), put.value(), 0, 0, 0));
            case Write.Delete delete -> truth.storedAt(delete.key(), before) == null ? "" : effect((KeyValue) null);
        };
    }

    private static String effect(@Nullable KeyValue current) {
        return current == null
                ? "deleted"
                : current.value() + " " + Integer.toHexString(current.value().hashCode());
    }

    private void guardsHeld(Txn txn, long revision, long judgedAt) {
        for (Guard guard : txn.guards()) {
            if (!holds(guard, judgedAt)) {
                throw new Violation(NAME, revision, "a transaction is committed only where its guards hold",
                        guard + " does not hold at " + judgedAt + ": " + truth.storedAt(guard.key(), judgedAt));
            }
        }
    }

    private void refused(Txn txn, TxnResult.Refused refused) {
        mustHaveCome(refused.revision(), "a refusal");
        if (!truth.knows(refused.revision())) {
            return;
        }
        if (txn.guards().stream().allMatch(guard -> holds(guard, refused.revision()))) {
            throw new Violation(NAME, refused.revision(), "a refused transaction has a guard that does not hold",
                    "all hold: " + txn.guards());
        }
        txn.guards().stream().map(Guard::key).distinct().forEach(key -> shown(key, refused));
    }

    /** As it was judged; or newer, where the answer was given again after the history of that moment was compacted. */
    private void shown(String key, TxnResult.Refused refused) {
        KeyValue found = refused.current().stream().filter(each -> each.key().equals(key)).findFirst().orElse(null);
        Stored judged = truth.storedAt(key, refused.revision());
        KeyValue expected = judged == null ? null : judged.keyValue();
        if (Objects.equals(found, expected)) {
            return;
        }
        Stored now = truth.stored(key);
        boolean newer = found == null
                ? now == null || now.keyValue().createRevision() > refused.revision()
                : found.modRevision() > refused.revision() && isInLog(found);
        if (!newer) {
            throw new Violation(NAME, refused.revision(), "a refusal shows the guarded keys as they are: " + expected,
                    String.valueOf(found));
        }
    }

    private boolean isInLog(KeyValue version) {
        if (!truth.knows(version.modRevision())) {
            return version.modRevision() < truth.oldest();
        }
        Stored stored = truth.storedAt(version.key(), version.modRevision());
        return stored != null && stored.keyValue().equals(version);
    }

    private boolean holds(Guard guard, long revision) {
        Stored stored = truth.storedAt(guard.key(), revision);
        return switch (guard) {
            case Guard.Absent absent -> stored == null;
            case Guard.ModRevision mod -> stored != null && stored.modRevision() == mod.revision();
            case Guard.Version version -> (stored == null ? 0 : stored.keyValue().version()) == version.version();
        };
    }

    void read(RangeQuery query, RangeResult.Page page) {
        mustHaveCome(page.revision(), "a page of a range");
        if (query.atRevision() > 0 && page.revision() != query.atRevision()) {
            throw new Violation(NAME, page.revision(), "a page of revision " + query.atRevision(), "one of another");
        }
        if (!truth.knows(page.revision())) {
            return;
        }
        List<KeyValue> expected = truth.range(query.from(), query.to(), page.revision()).stream()
                .map(Stored::keyValue).limit(page.more() ? page.keyValues().size() : Long.MAX_VALUE).toList();
        if (!expected.equals(page.keyValues())) {
            throw new Violation(NAME, page.revision(), "[" + query.from() + ", " + query.to() + ") holds " + expected,
                    page.keyValues().toString());
        }
    }

    void barrier(long acknowledgedBefore, long answered) {
        mustHaveCome(answered, "a read barrier");
        if (answered < acknowledgedBefore) {
            throw new Violation(NAME, answered, "a read barrier no older than revision " + acknowledgedBefore
                    + ", which was acknowledged before it was asked for", "revision " + answered);
        }
    }

    private void mustHaveCome(long revision, String what) {
        if (revision > truth.revision()) {
            throw new Violation(NAME, revision,
                    what + " is of a revision in the log, which ends at " + truth.revision(),
                    "revision " + revision);
        }
    }
}
