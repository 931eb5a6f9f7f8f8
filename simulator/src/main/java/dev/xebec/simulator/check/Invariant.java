package dev.xebec.simulator.check;

import dev.xebec.contracts.state.Change;
import java.util.List;

/**
 * What has to hold whatever fails. Looks at what was agreed on, one revision after another; may remember what it saw. Its
 * cost for a revision is that of the change, not that of the cluster. Used by one thread.
 */
public interface Invariant {

    /**
     * One committed revision, whole.
     *
     * @param changes in the log's order
     * @param truth has taken the revision already; {@link Truth#transitions()} tells before and after
     * @throws Violation where it does not hold
     */
    default void committed(long revision, List<Change> changes, Truth truth) {}

    /**
     * The faults have stopped and the time to settle has passed.
     *
     * @throws Violation where something that should have come about has not
     */
    default void settled(Truth truth) {}
}
