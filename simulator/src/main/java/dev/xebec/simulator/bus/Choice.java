package dev.xebec.simulator.bus;

import dev.xebec.kit.bus.BusSettings;
import dev.xebec.simulator.bus.SimulatedNetwork.Candidate;
import dev.xebec.simulator.bus.SimulatedNetwork.Presence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Whom a member asks: itself first, otherwise the next in turn; whose handler failed lately, or who is silent, only where
 * there is no better. Thread-safe; used by its own process alone.
 */
final class Choice {
    private final SimulatedBus self;
    private final BusSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Asked, Long> avoidedUntil = new LinkedHashMap<>();
    private int turn;

    private record Asked(String member, String address) {}

    Choice(SimulatedBus self, BusSettings settings) {
        this.self = self;
        this.settings = settings;
    }

    /** Null where there is nobody. */
    @Nullable
    SimulatedBus among(List<Candidate> candidates, String address) {
        long now = System.nanoTime();
        lock.lock();
        try {
            Candidate best = null;
            int bestRank = Integer.MAX_VALUE;
            int start = turn++;
            for (int i = 0; i < candidates.size(); i++) {
                Candidate candidate = candidates.get(Math.floorMod(start + i, candidates.size()));
                int rank = rank(candidate, address, now);
                if (rank < bestRank) {
                    best = candidate;
                    bestRank = rank;
                }
            }
            return best == null ? null : best.bus();
        } finally {
            lock.unlock();
        }
    }

    private int rank(Candidate candidate, String address, long now) {
        Long until = avoidedUntil.get(new Asked(candidate.bus().id(), address));
        boolean avoided = until != null && until - now > 0;
        if (candidate.bus() == self && !avoided) {
            return 0;
        }
        return 1 + (avoided ? 1 : 0) + (candidate.presence() == Presence.HERE ? 0 : 2);
    }

    void succeeded(SimulatedBus peer, String address) {
        lock.lock();
        try {
            avoidedUntil.remove(new Asked(peer.id(), address));
        } finally {
            lock.unlock();
        }
    }

    void failed(SimulatedBus peer, String address) {
        lock.lock();
        try {
            avoidedUntil.put(new Asked(peer.id(), address), System.nanoTime() + settings.avoidance().toNanos());
        } finally {
            lock.unlock();
        }
    }
}
