package dev.xebec.state.machine;

import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The revisioned map that every replica computes from the same log. Deterministic: equal entries in equal order give
 * equal tables and equal answers. One thread applies; any thread reads, and sees whole entries only, because
 * {@link #position} moves after an entry's batch is in the storage and reads look no further than it.
 */
public final class StateMachine {
    private final Storage storage;
    private final ProposalWindow window;
    private volatile Position position;

    private StateMachine(Storage storage, ProposalWindow window, Position position) {
        this.storage = storage;
        this.window = window;
        this.position = position;
    }

    /** Goes on from where the storage stands; a new storage stands at the start. */
    public static StateMachine open(Storage storage) {
        byte[] stored = storage.get(Table.META, Layout.META_FORMAT);
        long format = stored == null ? 0 : Layout.getLong(stored, 0);
        if (stored == null || format == Layout.FORMAT_WITHOUT_CLIENTS) {
            Storage.Batch batch = storage.batch();
            batch.put(Table.META, Layout.META_FORMAT, Layout.longs(Layout.FORMAT));
            storage.commit(batch);
        } else if (format != Layout.FORMAT) {
            throw new IllegalStateException("the state is stored in format " + format + "; this build knows "
                    + Layout.FORMAT_WITHOUT_CLIENTS + " and " + Layout.FORMAT);
        }
        byte[] applied = storage.get(Table.META, Layout.META_APPLIED);
        return new StateMachine(storage, ProposalWindow.load(storage),
                applied == null ? Position.START : Position.decode(applied));
    }

    public Position position() {
        return position;
    }

    /**
     * Applies the entry at {@code index}; indexes grow, with gaps where the log holds entries that are not ours. An index
     * applied before is skipped.
     */
    public Applied apply(long index, long term, Entry entry) {
        Position before = position;
        if (index <= before.index()) {
            return new Applied(new Applied.Skipped(), List.of(), before.revision());
        }
        Storage.Batch batch = storage.batch();
        Draft draft = new Draft(storage, batch, before.revision());
        Applied.Outcome outcome;
        long compacted = before.compacted();
        switch (entry) {
            case Entry.Propose propose -> outcome = propose(index, propose.proposal(), before, draft, batch);
            case Entry.Compact compact -> {
                compacted = Math.max(compacted, Math.min(compact.revision(), before.revision()));
                outcome = new Applied.Compacted(compacted);
            }
            case Entry.Barrier barrier -> outcome = new Applied.Passed();
            case Entry.Stage stage -> outcome = Restoration.stage(storage, batch, stage);
            case Entry.Restore restore -> outcome = restore(restore, before, batch);
        }
        long revision = draft.revision();
        if (outcome instanceof Applied.Restored restored && restored.revision() > revision) {
            revision = restored.revision();
            compacted = revision;
        }
        Position after = new Position(index, term, revision, compacted);
        batch.put(Table.META, Layout.META_APPLIED, after.encode());
        storage.commit(batch);
        position = after;
        return new Applied(outcome, draft.changes(), after.revision());
    }

    private Applied.Outcome restore(Entry.Restore restore, Position before, Storage.Batch batch) {
        long done = Restoration.done(storage, restore.restore());
        if (done > 0) {
            return new Applied.Restored(done);
        }
        int parts = Restoration.parts(storage, restore.restore());
        if (parts != restore.parts()) {
            return new Applied.Rejected(parts + " of " + restore.parts() + " parts of the backup were put aside");
        }
        long revision = Math.max(before.revision() + 1, restore.atLeast());
        Restoration.replace(storage, batch, restore.restore(), revision);
        return new Applied.Restored(revision + 1);
    }

    private Applied.Outcome propose(long index, Proposal proposal, Position before, Draft draft,
            Storage.Batch batch) {
        Applied.Outcome first = window.answered(proposal, before.compacted());
        if (first != null) {
            return first;
        }
        List<TxnResult> results = results(proposal, draft);
        window.record(batch, index, proposal, results);
        return new Applied.Results(results);
    }

    private static List<TxnResult> results(Proposal proposal, Draft draft) {
        String objection = TxnRules.objection(proposal);
        if (objection != null) {
            return Collections.nCopies(proposal.txns().size(), new TxnResult.Invalid(objection));
        }
        List<TxnResult> results = new ArrayList<>(proposal.txns().size());
        for (Txn txn : proposal.txns()) {
            results.add(draft.apply(txn));
        }
        return Collections.unmodifiableList(results);
    }

    /**
     * Reads a range at a revision no newer than {@link #position}'s. A page with a limit of keys ends sooner where it holds
     * {@link History#PAGE_BYTES}.
     */
    public RangeResult range(RangeQuery query) {
        while (true) {
            Position before = position;
            long revision = query.atRevision() == 0 ? before.revision() : query.atRevision();
            if (revision > before.revision()) {
                throw new IllegalArgumentException("revision " + revision + " is not applied yet");
            }
            RangeResult.Page page = History.page(storage, query, revision);
            long compacted = position.compacted();
            // Sweeping starts after the compacted revision is visible: what was read below it may have holes.
            if (revision >= compacted) {
                return page;
            }
            if (query.atRevision() != 0) {
                return new RangeResult.Compacted(compacted);
            }
        }
    }

    /**
     * The changes of the next whole revisions from {@code from} on, no further than {@link #position}'s revision.
     *
     * @param maxBytes ends the slice with the revision that goes beyond it
     */
    public History.Slice changes(long from, int maxBytes) {
        Position before = position;
        if (from >= before.compacted()) {
            History.Slice slice = History.changes(storage, from, before.revision(), maxBytes);
            if (from >= position.compacted()) {
                return slice;
            }
        }
        return new History.TooOld(position.compacted());
    }

    /** Transactions that delete what has expired at {@code nowEpochMillis}, earliest first, if it is still as it is. */
    public List<Txn> expired(long nowEpochMillis, int limit) {
        return History.expired(storage, nowEpochMillis, limit);
    }

    /**
     * Removes some of what compaction made unreachable. For one thread at a time, beside the applying one: it changes no
     * answer, so each replica sweeps when it likes.
     */
    public Sweep sweep(int maxChanges) {
        return Sweep.step(storage, position.compacted(), maxChanges);
    }
}
