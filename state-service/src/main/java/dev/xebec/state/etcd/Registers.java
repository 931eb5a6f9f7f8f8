package dev.xebec.state.etcd;

import io.etcd.jetcd.ByteSequence;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What this replica knows of the registers in etcd that keep a transaction from being applied twice.
 *
 * <p>A transaction is the {@code index}-th of the proposal {@code sequence} of a client. In one step with its writes it puts its sequence
 * into the register of its lane ({@code sequence} modulo {@link #LANES}) and index, on condition that the register is still as
 * the replica knows it. So of all attempts, through whichever replica and however late they come, one at most is applied, and
 * the others find its sequence, or a later one, in the register. That holds for any proposal that lags less than
 * {@link #LANES} behind its client's newest; an older one finds a later sequence and is told that its outcome is forgotten.
 */
final class Registers {
    /** Proposals of one client that may be open at once. */
    static final int LANES = 64;
    /** Registers known; the ones used longest ago are read again when they are needed. */
    private static final int MAX_KNOWN = 65_536;

    private final ReentrantLock lock = new ReentrantLock();
    /** What was last found in each register, the one used longest ago first. */
    private final LinkedHashMap<ByteSequence, Mark> known = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteSequence, Mark> eldest) {
            return size() > MAX_KNOWN;
        }
    };

    /**
     * What a register holds. The sequence belongs to it: an attempt that knew the revision alone could build on what an earlier
     * attempt of the very same transaction wrote, whose answer was given up while it was under way.
     *
     * @param revision at which it was written; 0 where it is not known to be there
     * @param sequence of the proposal applied then
     */
    record Mark(long revision, long sequence) {
        static final Mark NONE = new Mark(0, -1);
    }

    Mark mark(ByteSequence register) {
        lock.lock();
        try {
            return known.getOrDefault(register, Mark.NONE);
        } finally {
            lock.unlock();
        }
    }

    void found(ByteSequence register, Mark mark) {
        lock.lock();
        try {
            known.merge(register, mark, (old, other) -> other.revision() > old.revision() ? other : old);
        } finally {
            lock.unlock();
        }
    }

    /** It is not there: etcd forgot it with its client's lease. */
    void gone(ByteSequence register) {
        lock.lock();
        try {
            known.remove(register);
        } finally {
            lock.unlock();
        }
    }
}
