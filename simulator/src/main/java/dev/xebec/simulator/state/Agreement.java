package dev.xebec.simulator.state;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.NotLeaderException;
import dev.xebec.simulator.bus.Chance;
import dev.xebec.simulator.bus.Links;
import dev.xebec.simulator.state.AgreedLog.Agreed;
import dev.xebec.state.machine.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands for Raft: who leads in which term, and what is agreed upon in which order. It has no thread of its own: every
 * replica that runs looks by again and again, and so moves things on. What is agreed survives everything.
 *
 * <p>Shared by all processes, so its lock is never held across anything that waits. Thread-safe.
 */
final class Agreement {
    private static final long SHORTEST_WAIT_NANOS = 1_000_000;
    private final int replicas;
    private final Links links;
    private final Chance chance;
    private final Supplier<StateFaults> faults;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Seat> seats = new LinkedHashMap<>();
    private final AgreedLog log = new AgreedLog();
    private final Deque<Ticket> pending = new ArrayDeque<>();
    private final Reign reign;
    private long term;
    private @Nullable Seat leader;

    Agreement(int replicas, Links links, Chance chance, Supplier<StateFaults> faults) {
        this.replicas = replicas;
        this.links = links;
        this.chance = chance;
        this.faults = faults;
        reign = new Reign(chance);
    }

    /** Reads or sets up something of the log under the lock. */
    <R> R withLog(Function<AgreedLog, R> reader) {
        lock.lock();
        try {
            return reader.apply(log);
        } finally {
            lock.unlock();
        }
    }

    /** A replica comes up, with what its storage has. */
    Seat enter(String name, long appliedIndex) {
        lock.lock();
        try {
            leave(name);
            Seat seat = new Seat(name, System.nanoTime(), appliedIndex);
            seats.put(name, seat);
            return seat;
        } finally {
            lock.unlock();
        }
    }

    /** A replica goes down. */
    void leave(String name) {
        lock.lock();
        try {
            Seat seat = seats.get(name);
            if (seat != null) {
                seat.over = true;
            }
        } finally {
            lock.unlock();
        }
    }

    /** The name of the leader; empty while there is none. */
    String leader() {
        lock.lock();
        try {
            return leader == null ? "" : leader.name;
        } finally {
            lock.unlock();
        }
    }

    /** The leader's reign ends, whatever it does. */
    void depose() {
        lock.lock();
        try {
            deposeLeader(System.nanoTime());
        } finally {
            lock.unlock();
        }
    }

    /** A replica's thread comes by, and moves on what is due. Answers false once the replica is over. */
    boolean look(Seat seat, long appliedIndex) {
        long before;
        boolean news;
        lock.lock();
        try {
            long now = System.nanoTime();
            seat.seenNanos = now;
            seat.appliedIndex = appliedIndex;
            before = log.end();
            judge(now);
            agree(now);
            new Learning(links, chance, faults.get()).learn(seat, leader, term, now);
            log.cut(majorityApplied() + 1, faults.get().logKept());
            news = log.end() > before;
            if (seat.over) {
                return false;
            }
        } finally {
            lock.unlock();
        }
        if (news) {
            wakeAll();
        }
        return true;
    }

    private void wakeAll() {
        List<Seat> all;
        lock.lock();
        try {
            all = new ArrayList<>(seats.values());
        } finally {
            lock.unlock();
        }
        all.forEach(seat -> seat.bell.ring());
    }

    /**
     * Takes an entry into the leader's log. {@link NotLeaderException} where the replica does not believe that it leads; one
     * that is mistaken takes it, and nothing comes of it.
     */
    Ticket submit(Seat seat, Entry entry) {
        Ticket ticket;
        lock.lock();
        try {
            long now = System.nanoTime();
            if (seat.over) {
                throw new UnavailableException("the store is closed");
            }
            if (seat.ledTerm == Seat.NOT_LEADING) {
                throw new NotLeaderException(seat.leader.equals(seat.name) ? "" : seat.leader);
            }
            long due = now + chance.nanosUpTo(faults.get().commitMax());
            Ticket last = pending.peekLast();
            ticket = new Ticket(seat, entry, last == null ? due : Math.max(due, last.dueNanos()));
            seat.waiting.add(ticket);
            if (seat == leader && seat.ledTerm == term) {
                pending.add(ticket);
            }
            agree(now);
        } finally {
            lock.unlock();
        }
        wakeAll();
        return ticket;
    }

    /** The proposer has its answer, or waits no longer. */
    void settled(Ticket ticket) {
        lock.lock();
        try {
            ticket.seat().waiting.remove(ticket);
        } finally {
            lock.unlock();
        }
    }

    /** Whether a replica takes itself for the leader and has applied all that was agreed upon before it was. */
    boolean leads(Seat seat) {
        lock.lock();
        try {
            return !seat.over && seat.ledTerm != Seat.NOT_LEADING && seat.appliedIndex >= seat.readyIndex;
        } finally {
            lock.unlock();
        }
    }

    /** Whom a replica takes for the leader; empty for none. */
    String leaderAsSeenBy(Seat seat) {
        lock.lock();
        try {
            return seat.leader;
        } finally {
            lock.unlock();
        }
    }

    /** The newest term that a replica knows. */
    long termAsSeenBy(Seat seat) {
        lock.lock();
        try {
            return seat.leaderTerm;
        } finally {
            lock.unlock();
        }
    }

    /** What a replica has to do next. */
    sealed interface Next {
        record Apply(Agreed agreed) implements Next {}

        record Wait(long nanos) implements Next {}

        /** The log does not reach back as far as the replica is behind. */
        record Install() implements Next {}
    }

    Next next(Seat seat, long index, long longestWait) {
        lock.lock();
        try {
            if (index < log.base()) {
                return new Next.Install();
            }
            long now = System.nanoTime();
            Agreed agreed = log.at(index);
            Ticket first = pending.peek();
            if (agreed == null) {
                long due = first == null || seat != leader ? longestWait : first.dueNanos() - now;
                // What is overdue waits for a leader that is sound again.
                return new Next.Wait(Math.clamp(due, SHORTEST_WAIT_NANOS, longestWait));
            }
            long left = dueNanos(seat, agreed, now) - now;
            if (left <= 0 && hears(seat)) {
                return new Next.Apply(agreed);
            }
            return new Next.Wait(left <= 0 ? longestWait : Math.min(left, longestWait));
        } finally {
            lock.unlock();
        }
    }

    /**
     * A follower is told by the leader what is agreed upon, so one that is cut off stays where it is; and one that does not
     * know that it was deposed has not heard the next one yet.
     */
    private boolean hears(Seat seat) {
        if (seat == leader) {
            return true;
        }
        return seat.ledTerm == Seat.NOT_LEADING && (leader == null || links.connected(leader.name, seat.name));
    }

    private long dueNanos(Seat seat, Agreed agreed, long now) {
        if (seat == leader) {
            return now;
        }
        if (seat.dueIndex != agreed.index()) {
            StateFaults how = faults.get();
            seat.dueIndex = agreed.index();
            seat.dueNanos = agreed.atNanos() + chance.nanosUpTo(how.lagMax());
            if (chance.percent(how.stallPercent())) {
                seat.dueNanos = now + chance.nanosUpTo(how.stallMax());
            }
        }
        return seat.dueNanos;
    }

    /** Lets the leader lead on, waits for the end of an election, or has one end. */
    private void judge(long now) {
        Seat current = leader;
        if (current != null && sound(current, now)) {
            if (!reign.over(now)) {
                reign.goesOn();
                return;
            }
            deposeLeader(now);
        }
        if (!reign.electionEnds(now, faults.get())) {
            return;
        }
        List<Seat> candidates = seats.values().stream().filter(seat -> sound(seat, now)).toList();
        if (!candidates.isEmpty()) {
            deposeLeader(now);
            crown(chance.oneOf(candidates), now);
        }
    }

    private void crown(Seat chosen, long now) {
        StateFaults how = faults.get();
        term++;
        leader = chosen;
        reign.begins(now, how);
        chosen.ledTerm = term;
        chosen.readyIndex = log.end() - 1;
        chosen.leader = chosen.name;
        chosen.leaderTerm = term;
        for (Seat seat : seats.values()) {
            seat.learnsNanos = now + chance.nanosUpTo(how.blindMax());
        }
    }

    /** How much of what it had under way the next one finds is decided here, before anybody can ask. */
    private void deposeLeader(long now) {
        Seat deposed = leader;
        if (deposed == null) {
            return;
        }
        int survive = chance.below(pending.size() + 1);
        for (int i = 0; i < survive; i++) {
            log.append(term, pending.remove().entry(), now, null);
        }
        pending.clear();
        leader = null;
        deposed.deposedNanos = now + chance.nanosUpTo(faults.get().blindMax());
    }

    private void agree(long now) {
        Seat current = leader;
        while (current != null && !pending.isEmpty() && pending.element().dueNanos() - now <= 0
                && sound(current, now)) {
            Ticket ticket = pending.remove();
            log.append(term, ticket.entry(), now, ticket);
        }
    }

    /** Whether a replica runs and reaches, both ways, a majority that runs. */
    private boolean sound(Seat seat, long now) {
        if (!runs(seat, now)) {
            return false;
        }
        int reached = 0;
        for (Seat other : seats.values()) {
            boolean joined = other == seat || runs(other, now) && links.connected(seat.name, other.name)
                    && links.connected(other.name, seat.name);
            reached += joined ? 1 : 0;
        }
        return reached > replicas / 2;
    }

    private boolean runs(Seat seat, long now) {
        return !seat.over && now - seat.seenNanos <= faults.get().leaderSilence().toNanos();
    }

    /** The entry that a majority has applied. */
    private long majorityApplied() {
        List<Long> applied = seats.values().stream().map(seat -> seat.appliedIndex).sorted().toList();
        int missing = replicas - applied.size();
        int minority = (replicas - 1) / 2;
        return missing > minority ? -1 : applied.get(minority - missing);
    }
}
