package dev.xebec.kit.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What this member serves: handlers by address, taking turns where an address has several. Thread-safe. */
final class Handlers<H> {
    private final int limit;
    private final ConcurrentMap<String, List<Served<H>>> byAddress = new ConcurrentHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();

    /** @param limit calls that one handler works on at once */
    Handlers(int limit) {
        this.limit = limit;
    }

    Served<H> add(String address, H handler) {
        Served<H> served = new Served<>(handler, new Semaphore(limit));
        byAddress.merge(address, List.of(served), (present, added) -> {
            List<Served<H>> both = new ArrayList<>(present);
            both.addAll(added);
            return List.copyOf(both);
        });
        return served;
    }

    void remove(String address, Served<H> served) {
        byAddress.computeIfPresent(address, (key, present) -> {
            List<Served<H>> rest = present.stream().filter(one -> one != served).toList();
            return rest.isEmpty() ? null : rest;
        });
    }

    @Nullable
    Served<H> next(String address) {
        List<Served<H>> served = byAddress.get(address);
        if (served == null) {
            return null;
        }
        return served.size() == 1 ? served.get(0) : served.get(Math.floorMod(turn.getAndIncrement(), served.size()));
    }

    List<Served<H>> all(String address) {
        return byAddress.getOrDefault(address, List.of());
    }

    Set<String> addresses() {
        return Set.copyOf(byAddress.keySet());
    }

    Map<String, List<Served<H>>> everything() {
        return Map.copyOf(byAddress);
    }

    /** A handler and the room that it has left. Compared by identity. */
    static final class Served<H> {
        private final H handler;
        private final Semaphore room;

        private Served(H handler, Semaphore room) {
            this.handler = handler;
            this.room = room;
        }

        H handler() {
            return handler;
        }

        Semaphore room() {
            return room;
        }
    }
}
