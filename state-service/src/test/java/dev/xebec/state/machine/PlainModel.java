package dev.xebec.state.machine;

import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.Saved;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.contracts.state.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the machine should do, told as plainly as possible: a whole map for each revision, and every answer ever given. */
final class PlainModel {
    private final List<TreeMap<String, KeyValue>> revisions = new ArrayList<>(List.of(new TreeMap<>()));
    private final Map<Long, Map<Long, List<TxnResult>>> answers = new HashMap<>();
    private final Map<Long, Long> settled = new HashMap<>();
    private final TreeMap<Integer, List<Saved>> staged = new TreeMap<>();
    private long staging;
    private long restored;
    private long restoredAt;
    private long compacted;

    long revision() {
        return revisions.size() - 1;
    }

    long compacted() {
        return compacted;
    }

    List<KeyValue> at(long revision) {
        return List.copyOf(revisions.get((int) revision).values());
    }

    Applied.Outcome apply(Entry entry) {
        return switch (entry) {
            case Entry.Barrier barrier -> new Applied.Passed();
            case Entry.Compact compact -> {
                compacted = Math.max(compacted, Math.min(compact.revision(), revision()));
                yield new Applied.Compacted(compacted);
            }
            case Entry.Propose propose -> propose(propose.proposal());
            case Entry.Stage stage -> {
                if (stage.restore() != staging) {
                    staged.clear();
                    staging = stage.restore();
                }
                staged.put(stage.part(), stage.saved());
                yield new Applied.Passed();
            }
            case Entry.Restore restore -> restore(restore);
        };
    }

    private Applied.Outcome restore(Entry.Restore restore) {
        if (restore.restore() == restored) {
            return new Applied.Restored(restoredAt);
        }
        int parts = restore.restore() == staging ? staged.size() : 0;
        if (parts != restore.parts()) {
            return new Applied.Rejected(parts + " of " + restore.parts() + " parts of the backup were put aside");
        }
        long at = Math.max(revision() + 1, restore.atLeast());
        TreeMap<String, KeyValue> state = new TreeMap<>();
        if (parts > 0) {
            staged.values().forEach(part -> part.forEach(saved -> state.put(saved.key(),
                    new KeyValue(saved.key(), saved.value(), at, at, 1))));
        }
        while (revision() <= at) {
            revisions.add(state);
        }
        staged.clear();
        compacted = at + 1;
        restored = restore.restore();
        restoredAt = compacted;
        return new Applied.Restored(compacted);
    }

    private Applied.Outcome propose(Proposal proposal) {
        Map<Long, List<TxnResult>> known = answers.computeIfAbsent(proposal.client(), client -> new HashMap<>());
        long forgottenBelow = settled.getOrDefault(proposal.client(), 0L);
        if (proposal.sequence() < forgottenBelow) {
            return new Applied.Forgotten("proposal " + proposal.sequence()
                    + " may have been applied before: its results are forgotten");
        }
        List<TxnResult> first = known.get(proposal.sequence());
        if (first != null) {
            return new Applied.Results(first.stream().map(this::repeated).toList());
        }
        List<TxnResult> results = proposal.txns().stream().map(this::apply).toList();
        known.put(proposal.sequence(), results);
        settled.put(proposal.client(),
                Math.max(forgottenBelow, Math.min(proposal.settledBelow(), proposal.sequence())));
        return new Applied.Results(results);
    }

    /** A refusal shows what it showed at first; a value compacted since, as its key is now. */
    private TxnResult repeated(TxnResult first) {
        if (!(first instanceof TxnResult.Refused refused)) {
            return first;
        }
        List<KeyValue> shown = new ArrayList<>();
        for (KeyValue value : refused.current()) {
            int oldestKept = (int) Math.max(value.modRevision(), compacted);
            KeyValue kept = revisions.get(oldestKept).get(value.key());
            KeyValue now = value.equals(kept) ? value : revisions.getLast().get(value.key());
            if (now != null) {
                shown.add(now);
            }
        }
        return new TxnResult.Refused(refused.revision(), shown);
    }

    private TxnResult apply(Txn txn) {
        Set<String> written = new HashSet<>();
        for (Guard guard : txn.guards()) {
            if (guard.key().isEmpty()) {
                return new TxnResult.Invalid("an empty key");
            }
        }
        for (Write write : txn.writes()) {
            if (write.key().isEmpty()) {
                return new TxnResult.Invalid("an empty key");
            }
            if (!written.add(write.key())) {
                return new TxnResult.Invalid("the key " + write.key() + " is written twice");
            }
        }
        TreeMap<String, KeyValue> now = revisions.getLast();
        if (!txn.guards().stream().allMatch(guard -> holds(now.get(guard.key()), guard))) {
            Map<String, KeyValue> shown = new LinkedHashMap<>();
            txn.guards().forEach(guard -> {
                KeyValue current = now.get(guard.key());
                if (current != null) {
                    shown.put(guard.key(), current);
                }
            });
            return new TxnResult.Refused(revision(), List.copyOf(shown.values()));
        }
        TreeMap<String, KeyValue> next = new TreeMap<>(now);
        for (Write write : txn.writes()) {
            KeyValue old = now.get(write.key());
            switch (write) {
                case Write.Put put -> next.put(put.key(), new KeyValue(put.key(), put.value(),
                        old == null ? revision() + 1 : old.createRevision(), revision() + 1,
                        old == null ? 1 : old.version() + 1));
                case Write.Delete delete -> next.remove(delete.key());
            }
        }
        if (!next.equals(now)) {
            revisions.add(next);
        }
        return new TxnResult.Committed(revision());
    }

    private static boolean holds(KeyValue current, Guard guard) {
        return switch (guard) {
            case Guard.Absent absent -> current == null;
            case Guard.ModRevision mod -> current != null && current.modRevision() == mod.revision();
            case Guard.Version version -> (current == null ? 0 : current.version()) == version.version();
        };
    }
}
