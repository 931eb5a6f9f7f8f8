package dev.xebec.simulator.state;

import dev.xebec.contracts.state.TxnResult;
import dev.xebec.state.machine.Applied;
import java.util.List;

/** Compares what two copies made of one entry. */
final class Outcomes {
    private Outcomes() {}

    /** Alike but for the values that a repeated refusal shows, of which each copy may have swept others. */
    static boolean alike(Applied one, Applied other) {
        return one.revision() == other.revision() && one.changes().equals(other.changes())
                && alike(one.outcome(), other.outcome());
    }

    private static boolean alike(Applied.Outcome one, Applied.Outcome other) {
        if (one instanceof Applied.Results here && other instanceof Applied.Results there) {
            return shapes(here.results()).equals(shapes(there.results()));
        }
        return one.equals(other);
    }

    private static List<TxnResult> shapes(List<TxnResult> results) {
        return results.stream().map(Outcomes::shape).toList();
    }

    private static TxnResult shape(TxnResult result) {
        return result instanceof TxnResult.Refused refused
                ? new TxnResult.Refused(refused.revision(), List.of())
                : result;
    }
}
