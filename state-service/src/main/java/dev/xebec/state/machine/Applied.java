package dev.xebec.state.machine;

import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.OutcomeForgottenException;
import dev.xebec.contracts.state.TxnResult;
import java.util.List;

/**
 * What an entry did.
 *
 * @param outcome the answer to whoever proposed it
 * @param changes in revision order
 * @param revision the store's revision afterwards
 */
public record Applied(Outcome outcome, List<Change> changes, long revision) {

    /** The answer to a proposal. @throws OutcomeForgottenException where its results are forgotten */
    public List<TxnResult> results() {
        if (outcome instanceof Forgotten forgotten) {
            throw new OutcomeForgottenException(forgotten.message());
        }
        if (outcome instanceof Results results) {
            return results.results();
        }
        throw new IllegalStateException("a proposal answered by " + outcome);
    }

    /** What was done; an entry that is wrong was not. @throws IllegalArgumentException saying what is wrong with it */
    public Outcome accepted() {
        if (outcome instanceof Rejected rejected) {
            throw new IllegalArgumentException(rejected.message());
        }
        return outcome;
    }

    /** The answer to an entry. */
    public sealed interface Outcome {}

    /** One result per transaction. */
    public record Results(List<TxnResult> results) implements Outcome {}

    /** A proposal that is repeated after its results were forgotten: nothing was done. */
    public record Forgotten(String message) implements Outcome {}

    /** @param compactedRevision the one now in force */
    public record Compacted(long compactedRevision) implements Outcome {}

    /** The barrier was reached. */
    public record Passed() implements Outcome {}

    /** @param revision the store's after the restore */
    public record Restored(long revision) implements Outcome {}

    /** The entry is wrong, and nothing was done. */
    public record Rejected(String message) implements Outcome {}

    /** The entry had been applied before the storage was opened; nobody waits for it. */
    public record Skipped() implements Outcome {}
}
