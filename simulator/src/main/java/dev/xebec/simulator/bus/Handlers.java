package dev.xebec.simulator.bus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One member's handlers of one way, by address. Thread-safe; used by its own process alone. */
final class Handlers<H> {
    private final int limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, List<Served<H>>> byAddress = new LinkedHashMap<>();
    private int turn;

    /** @param room what it may still begin */
    record Served<H>(H handler, Semaphore room) {}

    /** @param limit what one handler works on at once */
    Handlers(int limit) {
        this.limit = limit;
    }

    Served<H> add(String address, H handler) {
        Served<H> served = new Served<>(handler, new Semaphore(limit));
        lock.lock();
        try {
            byAddress.computeIfAbsent(address, unused -> new ArrayList<>()).add(served);
            return served;
        } finally {
            lock.unlock();
        }
    }

    void remove(String address, Served<H> served) {
        lock.lock();
        try {
            List<Served<H>> here = byAddress.get(address);
            if (here != null) {
                here.removeIf(one -> one.room() == served.room());
            }
        } finally {
            lock.unlock();
        }
    }

    List<Served<H>> all(String address) {
        lock.lock();
        try {
            return List.copyOf(byAddress.getOrDefault(address, List.of()));
        } finally {
            lock.unlock();
        }
    }

    /** Handlers of one address take turns. */
    @Nullable
    Served<H> next(String address) {
        List<Served<H>> here = all(address);
        if (here.size() <= 1) {
            return here.isEmpty() ? null : here.get(0);
        }
        lock.lock();
        try {
            return here.get(Math.floorMod(turn++, here.size()));
        } finally {
            lock.unlock();
        }
    }
}
