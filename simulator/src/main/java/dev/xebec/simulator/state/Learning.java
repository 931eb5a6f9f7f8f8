package dev.xebec.simulator.state;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.NotLeaderException;
import dev.xebec.simulator.bus.Chance;
import dev.xebec.simulator.bus.Links;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** How a replica learns, late, who leads and that it does no more. Used under the agreement's lock. */
record Learning(Links links, Chance chance, StateFaults faults) {

    void learn(Seat seat, @Nullable Seat leader, long term, long now) {
        boolean deposed = seat.ledTerm != Seat.NOT_LEADING && (seat != leader || seat.ledTerm != term);
        if (deposed && now - seat.deposedNanos >= 0) {
            stepDown(seat);
        }
        boolean hears = leader != null && links.connected(leader.name, seat.name);
        if (hears) {
            seat.heardNanos = now;
        }
        if (leader != null && hears && seat != leader && seat.leaderTerm < term && now - seat.learnsNanos >= 0) {
            if (seat.ledTerm != Seat.NOT_LEADING) {
                stepDown(seat);
            }
            seat.leader = leader.name;
            seat.leaderTerm = term;
        }
        boolean forgotten = now - seat.heardNanos > faults.leaderSilence().toNanos();
        if (!hears && forgotten && seat.ledTerm == Seat.NOT_LEADING) {
            seat.leader = "";
            // Whoever it hears next, the same one again too, is news.
            seat.leaderTerm = 0;
        }
    }

    /** The real one says of what was under way that it does not lead, whatever the next leader makes of it. */
    private void stepDown(Seat seat) {
        seat.ledTerm = Seat.NOT_LEADING;
        seat.leader = "";
        for (Ticket ticket : new ArrayList<>(seat.waiting)) {
            ticket.fail(chance.percent(50)
                    ? new NotLeaderException("")
                    : new UnavailableException("the replica was deposed before an entry was agreed upon"));
        }
        seat.waiting.clear();
    }
}
