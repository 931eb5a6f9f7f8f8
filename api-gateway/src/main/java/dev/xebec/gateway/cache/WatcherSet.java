package dev.xebec.gateway.cache;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** The running watchers, by what they watch. Thread-safe: an immutable snapshot is swapped on each change. */
final class WatcherSet {
    private final ReentrantLock changing = new ReentrantLock();
    private volatile Snapshot snapshot = new Snapshot(Map.of(), List.of(), 0);

    /**
     * @param bySingle the watchers of one resource
     * @param ofSeveral those of more than one
     */
    record Snapshot(Map<String, List<Watcher>> bySingle, List<Watcher> ofSeveral, int size) {

        void deliver(List<CacheEvent> events) {
            Map<String, List<CacheEvent>> byResource = new HashMap<>();
            for (CacheEvent event : events) {
                byResource.computeIfAbsent(event.resource(), resource -> new ArrayList<>()).add(event);
            }
            byResource.forEach((resource, own) -> {
                for (Watcher watcher : bySingle.getOrDefault(resource, List.of())) {
                    watcher.onEvents(own);
                }
            });
            for (Watcher watcher : ofSeveral) {
                List<CacheEvent> own = events.stream().filter(event -> watcher.watches(event.resource()))
                        .toList();
                if (!own.isEmpty()) {
                    watcher.onEvents(own);
                }
            }
        }
    }

    Snapshot snapshot() {
        return snapshot;
    }

    int size() {
        return snapshot.size();
    }

    void add(Watcher watcher) {
        changing.lock();
        try {
            List<Watcher> several = new ArrayList<>(snapshot.ofSeveral());
            Map<String, List<Watcher>> bySingle = new HashMap<>(snapshot.bySingle());
            if (watcher.resources().size() == 1 && watcher.onlyThese()) {
                String resource = watcher.resources().iterator().next();
                List<Watcher> own = new ArrayList<>(bySingle.getOrDefault(resource, List.of()));
                own.add(watcher);
                bySingle.put(resource, List.copyOf(own));
            } else {
                several.add(watcher);
            }
            snapshot = new Snapshot(bySingle, List.copyOf(several), snapshot.size() + 1);
        } finally {
            changing.unlock();
        }
    }

    void remove(Watcher watcher) {
        changing.lock();
        try {
            List<Watcher> several = new ArrayList<>(snapshot.ofSeveral());
            Map<String, List<Watcher>> bySingle = new HashMap<>(snapshot.bySingle());
            boolean found = several.remove(watcher);
            Set<String> resources = watcher.resources();
            if (resources.size() == 1 && watcher.onlyThese()) {
                String resource = resources.iterator().next();
                List<Watcher> own = new ArrayList<>(bySingle.getOrDefault(resource, List.of()));
                found = own.remove(watcher);
                bySingle.put(resource, List.copyOf(own));
            }
            snapshot = new Snapshot(bySingle, List.copyOf(several), snapshot.size() - (found ? 1 : 0));
        } finally {
            changing.unlock();
        }
    }

    /** Empties the set. */
    List<Watcher> takeAll() {
        changing.lock();
        try {
            List<Watcher> all = new ArrayList<>(snapshot.ofSeveral());
            snapshot.bySingle().values().forEach(all::addAll);
            snapshot = new Snapshot(Map.of(), List.of(), 0);
            return all;
        } finally {
            changing.unlock();
        }
    }
}
