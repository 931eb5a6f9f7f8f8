package dev.xebec.simulator.state;

import java.util.ArrayList;
import java.util.List;

/** One incarnation of a replica as the agreement knows it. Guarded by the agreement's lock, but for its bell. */
final class Seat {
    static final long NOT_LEADING = -1;

    final String name;
    final Bell bell = new Bell();
    /** Proposals whose answer the replica owes. */
    final List<Ticket> waiting = new ArrayList<>();
    boolean over;
    /** When its thread last came by. */
    long seenNanos;
    long appliedIndex;
    /** The term that it believes to lead. */
    long ledTerm = NOT_LEADING;
    /** Leads for its clients once it has applied this. */
    long readyIndex;
    /** When it hears that it was deposed. */
    long deposedNanos;
    /** Whom it takes for the leader; empty for none. */
    String leader = "";
    long leaderTerm;
    /** When it hears who leads. */
    long learnsNanos;
    /** When it last heard the one who leads. */
    long heardNanos;
    /** The entry that is due next, and when. */
    long dueIndex = -1;
    long dueNanos;

    Seat(String name, long nowNanos, long appliedIndex) {
        this.name = name;
        this.appliedIndex = appliedIndex;
        seenNanos = nowNanos;
        heardNanos = nowNanos;
    }
}
