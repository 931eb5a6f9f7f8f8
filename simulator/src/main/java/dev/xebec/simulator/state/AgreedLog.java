package dev.xebec.simulator.state;

import dev.xebec.contracts.Bytes;
import dev.xebec.state.machine.Applied;
import dev.xebec.state.machine.Entry;
import dev.xebec.state.machine.Position;
import dev.xebec.state.machine.StateMachine;
import dev.xebec.state.machine.Sweep;
import dev.xebec.state.memory.MemoryStorage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is agreed upon, and a machine that applies it at once, to compare the replicas with. Not thread-safe. */
final class AgreedLog {
    /** Changes that the machine looks at when history is compacted; what is left comes the next time. */
    private static final int SWEEP_CHANGES = 10_000;

    private final List<AgreedListener> listeners = new ArrayList<>();
    private final MemoryStorage storage = new MemoryStorage();
    private final StateMachine machine = StateMachine.open(storage);
    private final List<Agreed> kept = new ArrayList<>();
    private long base;

    /**
     * An entry of the log.
     *
     * @param expected what it does
     * @param ticket of its proposer, where that one may be told
     */
    record Agreed(long index, long term, Entry entry, Applied expected, long atNanos, @Nullable Ticket ticket) {}

    void listen(AgreedListener listener) {
        listeners.add(listener);
    }

    /** The entry goes through its bytes, as on its way to another replica. */
    void append(long term, Entry proposed, long now, @Nullable Ticket ticket) {
        Bytes logged = proposed.encode();
        Entry entry = Entry.decode(logged);
        long index = end();
        Applied applied = machine.apply(index, term, entry);
        kept.add(new Agreed(index, term, entry, applied, now, ticket));
        if (applied.outcome() instanceof Applied.Compacted) {
            Sweep unused = machine.sweep(SWEEP_CHANGES);
        }
        listeners.forEach(listener -> listener.agreed(index, entry, applied));
    }

    /** The index of the next entry. */
    long end() {
        return base + kept.size();
    }

    /** The oldest entry that is kept. */
    long base() {
        return base;
    }

    /** Null where it is not agreed upon yet. */
    @Nullable
    Agreed at(long index) {
        if (index < base) {
            throw new IllegalStateException("entry " + index + " is cut off; the log begins at " + base);
        }
        return index < end() ? kept.get((int) (index - base)) : null;
    }

    /** Forgets entries below an index, in large steps. */
    void cut(long below, int keep) {
        int over = (int) Math.min(below - base, kept.size() - (long) keep);
        if (over > keep / 2 && over > 0) {
            kept.subList(0, over).clear();
            base += over;
        }
    }

    Position position() {
        return machine.position();
    }

    ReplicaDigest digest() {
        return ReplicaDigest.of(machine, storage);
    }
}
