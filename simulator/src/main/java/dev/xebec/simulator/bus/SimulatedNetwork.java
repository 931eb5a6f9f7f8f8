package dev.xebec.simulator.bus;

import dev.xebec.kit.bus.BusSettings;
import dev.xebec.simulator.bus.Registry.Offer;
import dev.xebec.simulator.bus.Registry.Way;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What lies between the processes: takes frames from one member and puts them into the inbox of another, late, twice, out
 * of order or never, as {@link NetworkFaults} say. Knows who is there, who serves what, and which ways are blocked.
 *
 * <p>Shared by all processes, so its lock is never held across anything that waits. Thread-safe.
 */
public final class SimulatedNetwork implements Links {
    private final Chance chance;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, SimulatedBus> members = new LinkedHashMap<>();
    private final Registry registry = new Registry();
    /** Blocked ways, by since when. */
    private final Map<Route, Long> blocked = new LinkedHashMap<>();
    /** When the last frame that kept its place arrives, by incarnations. */
    private final Map<Route, Long> lastDue = new LinkedHashMap<>();
    private volatile NetworkFaults faults = NetworkFaults.NONE;
    private long incarnations;

    private record Route(String from, String to) {}

    /** How one member looks to another. */
    enum Presence {
        HERE, SILENT, GONE
    }

    /** A member that serves what was asked for. */
    record Candidate(SimulatedBus bus, Presence presence) {}

    public SimulatedNetwork(RandomGenerator random) {
        chance = new Chance(random);
    }

    /** From now on; what is on its way stays as it was decided. */
    public void faults(NetworkFaults now) {
        faults = now;
    }

    public NetworkFaults faults() {
        return faults;
    }

    /** A process comes; to be called on a thread of it. Whatever bore the name before is gone for good. */
    public SimulatedBus join(String process) {
        return join(process, BusSettings.DEFAULTS);
    }

    /** @param settings limits and times, as of the real bus */
    public SimulatedBus join(String process, BusSettings settings) {
        leave(process);
        SimulatedBus bus;
        lock.lock();
        try {
            bus = new SimulatedBus(this, process, ++incarnations, settings);
            members.put(process, bus);
        } finally {
            lock.unlock();
        }
        bus.start();
        return bus;
    }

    /** A process dies: it hears and says nothing from now on, and the others notice one by one, late. */
    public void leave(String process) {
        SimulatedBus bus;
        lock.lock();
        try {
            bus = members.remove(process);
            if (bus != null) {
                for (SimulatedBus other : members.values()) {
                    bus.departure().noticedBy(other.id(),
                            System.nanoTime() + chance.nanosUpTo(other.settings().streamSilence()));
                }
            }
        } finally {
            lock.unlock();
        }
        if (bus != null) {
            bus.die();
        }
    }

    /** A member says goodbye: the others know at once. */
    void goodbye(SimulatedBus bus) {
        lock.lock();
        try {
            registry.remove(bus);
            boolean unused = members.remove(bus.process(), bus);
        } finally {
            lock.unlock();
        }
        bus.die();
    }

    /** Nothing gets from one process to the other any more; the way back is another matter. */
    public void block(String from, String to) {
        lock.lock();
        try {
            blocked.putIfAbsent(new Route(from, to), System.nanoTime());
        } finally {
            lock.unlock();
        }
    }

    public void blockBoth(String one, String other) {
        block(one, other);
        block(other, one);
    }

    /** Opens one way again. */
    public void unblock(String from, String to) {
        lock.lock();
        try {
            blocked.remove(new Route(from, to));
        } finally {
            lock.unlock();
        }
    }

    /** Opens every way. */
    public void heal() {
        lock.lock();
        try {
            blocked.clear();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean connected(String from, String to) {
        lock.lock();
        try {
            return from.equals(to) || !blocked.containsKey(new Route(from, to));
        } finally {
            lock.unlock();
        }
    }

    Offer offer(Way way, String address, SimulatedBus member) {
        lock.lock();
        try {
            Offer offer = new Offer(way, address, member, System.nanoTime() + chance.nanosUpTo(faults.directoryLag()));
            registry.add(offer);
            return offer;
        } finally {
            lock.unlock();
        }
    }

    void withdraw(Offer offer) {
        lock.lock();
        try {
            registry.withdraw(offer, System.nanoTime() + chance.nanosUpTo(faults.directoryLag()));
        } finally {
            lock.unlock();
        }
    }

    /** All that are there but one, whether it hears of them or not. */
    List<SimulatedBus> others(SimulatedBus member) {
        lock.lock();
        try {
            return members.values().stream().filter(other -> other != member).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Who serves an address as far as a member knows, without those that it takes for gone. */
    List<Candidate> serving(Way way, String address, SimulatedBus observer) {
        long now = System.nanoTime();
        lock.lock();
        try {
            List<Candidate> candidates = new ArrayList<>();
            for (SimulatedBus member : registry.serving(way, address, observer, now)) {
                Presence presence = presence(observer, member, now);
                if (presence != Presence.GONE) {
                    candidates.add(new Candidate(member, presence));
                }
            }
            return candidates;
        } finally {
            lock.unlock();
        }
    }

    /** Whether anybody ever served an address. */
    boolean remembers(Way way, String address) {
        lock.lock();
        try {
            return registry.remembers(way, address);
        } finally {
            lock.unlock();
        }
    }

    Presence presence(SimulatedBus observer, SimulatedBus peer) {
        lock.lock();
        try {
            return presence(observer, peer, System.nanoTime());
        } finally {
            lock.unlock();
        }
    }

    private Presence presence(SimulatedBus observer, SimulatedBus peer, long now) {
        if (observer == peer) {
            return Presence.HERE;
        }
        if (peer.dead() && now - peer.departure().noticedNanos(observer.id()) >= 0) {
            registry.remove(peer);
            return Presence.GONE;
        }
        long heard = peer.beatNanos();
        Long since = blocked.get(new Route(peer.process(), observer.process()));
        long silence = now - (since == null ? heard : Math.min(heard, since));
        if (silence > observer.settings().memory().toNanos()) {
            return Presence.GONE;
        }
        return silence > observer.settings().beatSilence().toNanos() ? Presence.SILENT : Presence.HERE;
    }

    /** Takes a frame on its way, if it gets anywhere. Never waits. */
    void send(SimulatedBus from, SimulatedBus to, Frame frame) {
        long first = due(from, to);
        if (first < 0) {
            return;
        }
        to.inbox().put(first, from, frame);
        NetworkFaults now = faults;
        boolean again = chance
                .percent(frame instanceof Frame.Question ? now.repeatPercent() : now.duplicatePercent());
        long second = again ? due(from, to) : -1;
        if (second >= 0) {
            to.inbox().put(second, from, frame);
        }
    }

    /** When it arrives; below 0 for never. */
    private long due(SimulatedBus from, SimulatedBus to) {
        NetworkFaults now = faults;
        lock.lock();
        try {
            boolean cut = from.dead() || to.dead() || blocked.containsKey(new Route(from.process(), to.process()));
            if (cut || chance.percent(now.lossPercent())) {
                return -1;
            }
            long delay = chance.percent(now.stragglerPercent())
                    ? chance.nanosBetween(now.delayMax(), now.stragglerMax())
                    : chance.nanosBetween(now.delayMin(), now.delayMax());
            long due = System.nanoTime() + delay;
            if (chance.percent(now.reorderPercent())) {
                return due;
            }
            Route way = new Route(from.id(), to.id());
            @Nullable
            Long last = lastDue.get(way);
            long inOrder = last == null ? due : Math.max(last, due);
            lastDue.put(way, inOrder);
            return inOrder;
        } finally {
            lock.unlock();
        }
    }
}
