package dev.xebec.simulator.state;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.simulator.bus.Chance;
import dev.xebec.simulator.bus.Links;
import dev.xebec.state.machine.Position;
import dev.xebec.state.machine.StateMachine;
import dev.xebec.state.machine.Storage;
import dev.xebec.state.replica.Retention;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The replicated store's twin: some replicas, each with the production machine over a storage of its own, and an agreement
 * between them that stands for Raft and misbehaves as {@link StateFaults} say. Replicas crash and come back with what
 * their storage had synced; what was agreed upon is never lost.
 *
 * <p>Shared by all processes, so its lock is never held across anything that waits. Thread-safe.
 */
public final class SimulatedStateGroup {
    private final List<String> names;
    private final Links links;
    private final Chance chance;
    private final Retention retention;
    private final Agreement agreement;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, SyncedStorage> disks = new LinkedHashMap<>();
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final List<String> divergences = new ArrayList<>();
    private volatile StateFaults faults;
    private volatile BiFunction<String, Storage, Storage> between = (name, storage) -> storage;

    private record Running(SimulatedReplica replica, Applier applier) {}

    /**
     * @param names of all replicas there will ever be
     * @param retention small ones make compaction overtake readers often
     */
    public SimulatedStateGroup(List<String> names, Links links, RandomGenerator random, StateFaults faults,
            Retention retention) {
        this.names = List.copyOf(names);
        this.links = links;
        this.chance = new Chance(random);
        this.faults = faults;
        this.retention = retention;
        agreement = new Agreement(names.size(), links, chance, this::faults);
    }

    /** From now on. */
    public void faults(StateFaults now) {
        faults = now;
    }

    public StateFaults faults() {
        return faults;
    }

    /** Puts something between the machines of replicas that open from now on and their storages; for planted bugs. */
    public void between(BiFunction<String, Storage, Storage> wrapper) {
        between = wrapper;
    }

    /** Opens a replica by this process's clock. */
    public SimulatedReplica open(String name) {
        return open(name, InstantSource.system());
    }

    /** Opens a replica; to be called on a thread of its process. Whatever ran under the name before has crashed. */
    public SimulatedReplica open(String name, InstantSource clock) {
        if (!names.contains(name)) {
            throw new IllegalArgumentException(name + " is none of the replicas " + names);
        }
        crash(name);
        SyncedStorage storage = disk(name);
        StateMachine machine = StateMachine.open(between.apply(name, storage));
        Seat seat = agreement.enter(name, machine.position().index());
        Applier applier = new Applier(this, agreement, seat, storage, machine,
                chance.percent(faults.snapshotPercent()));
        SimulatedReplica replica = new SimulatedReplica(this, agreement, seat, applier, retention, clock);
        lock.lock();
        try {
            running.put(name, new Running(replica, applier));
        } finally {
            lock.unlock();
        }
        applier.start();
        return replica;
    }

    private SyncedStorage disk(String name) {
        long synced = agreement.withLog(log -> log.base() - 1);
        lock.lock();
        try {
            SyncedStorage before = disks.get(name);
            SyncedStorage storage = before == null
                    ? new SyncedStorage()
                    : before.crashed(chance, faults.unsynced(), synced);
            disks.put(name, storage);
            return storage;
        } finally {
            lock.unlock();
        }
    }

    /** A replica's process dies. Nothing happens where none runs. */
    public void crash(String name) {
        Running crashed;
        lock.lock();
        try {
            crashed = running.remove(name);
        } finally {
            lock.unlock();
        }
        if (crashed != null) {
            agreement.leave(name);
            crashed.applier().die();
        }
    }

    void closed(SimulatedReplica replica) {
        lock.lock();
        try {
            Running here = running.get(replica.name());
            if (here == null || here.replica() != replica) {
                return;
            }
            running.remove(replica.name());
        } finally {
            lock.unlock();
        }
        agreement.leave(replica.name());
    }

    /** The replicas that run, in the order in which they came. */
    public List<SimulatedReplica> replicas() {
        lock.lock();
        try {
            return running.values().stream().map(Running::replica).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Who leads; empty while nobody does. */
    public String leader() {
        return agreement.leader();
    }

    /** Ends the leader's reign for no reason. */
    public void depose() {
        agreement.depose();
    }

    /** Where a machine stands that applies at once whatever is agreed upon. */
    public Position agreed() {
        return agreement.withLog(AgreedLog::position);
    }

    /** What that machine holds, to compare replicas with. */
    public ReplicaDigest agreedDigest() {
        return agreement.withLog(AgreedLog::digest);
    }

    /** Hears of what is agreed upon from now on. */
    public void onAgreed(AgreedListener listener) {
        boolean unused = agreement.withLog(log -> {
            log.listen(listener);
            return true;
        });
    }

    /** What replicas made of entries otherwise than the machine that is compared with; empty as long as all is well. */
    public List<String> divergences() {
        lock.lock();
        try {
            return List.copyOf(divergences);
        } finally {
            lock.unlock();
        }
    }

    void diverged(String how) {
        lock.lock();
        try {
            divergences.add(how);
        } finally {
            lock.unlock();
        }
    }

    /** A copy of the storage of some replica that is further on and reaches this one; null where there is none. */
    @Nullable
    SyncedStorage snapshot(Seat seat, long index) {
        List<Applier> sources = new ArrayList<>();
        lock.lock();
        try {
            for (Map.Entry<String, Running> other : running.entrySet()) {
                boolean further = other.getValue().applier().replica().position().index() > index;
                if (further && !other.getKey().equals(seat.name) && links.connected(other.getKey(), seat.name)) {
                    sources.add(other.getValue().applier());
                }
            }
        } finally {
            lock.unlock();
        }
        try {
            return sources.isEmpty() ? null : chance.oneOf(sources).storage().copy();
        } catch (UnavailableException e) {
            // That one has just crashed, or gets a copy itself.
            return null;
        }
    }

    /** A replica's storage is another one from now on; false where the replica is not the one that runs. */
    boolean replaced(Applier applier, SyncedStorage storage) {
        lock.lock();
        try {
            for (Map.Entry<String, Running> entry : running.entrySet()) {
                if (entry.getValue().applier() == applier) {
                    disks.put(entry.getKey(), storage);
                    return true;
                }
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    boolean losesStream() {
        return chance.percent(faults.streamLossPercent());
    }

    boolean losesAnswer() {
        return chance.percent(faults.lostAnswerPercent());
    }

    long newClient() {
        return chance.nextLong();
    }
}
