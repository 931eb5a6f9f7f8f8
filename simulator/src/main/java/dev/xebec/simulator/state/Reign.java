package dev.xebec.simulator.state;

import dev.xebec.simulator.bus.Chance;

/** How long leaders lead, and how long nobody does. Guarded by the agreement's lock. */
final class Reign {
    private static final long NEVER = Long.MIN_VALUE;

    private final Chance chance;
    private long electionEndsNanos = NEVER;
    private long endsNanos = NEVER;

    Reign(Chance chance) {
        this.chance = chance;
    }

    void begins(long now, StateFaults how) {
        electionEndsNanos = NEVER;
        endsNanos = how.reignMax().isZero() ? NEVER : now + chance.nanosUpTo(how.reignMax());
    }

    boolean over(long now) {
        return endsNanos != NEVER && now - endsNanos >= 0;
    }

    /** The leader came back before another was elected. */
    void goesOn() {
        electionEndsNanos = NEVER;
    }

    /** Whether an election ends now; begins one where none is on. */
    boolean electionEnds(long now, StateFaults how) {
        if (electionEndsNanos == NEVER) {
            electionEndsNanos = now + chance.nanosBetween(how.electionMin(), how.electionMax());
        }
        boolean ends = now - electionEndsNanos >= 0;
        if (ends) {
            electionEndsNanos = NEVER;
        }
        return ends;
    }
}
