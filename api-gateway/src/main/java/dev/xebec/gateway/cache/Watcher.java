package dev.xebec.gateway.cache;

import java.util.List;
import java.util.Set;

/** Hears of changes from the {@link WatchCache}. Its methods are called by one thread at a time and may not block. */
public interface Watcher {

    /** The maps it watches, {@code <group>/<resource>}. */
    Set<String> resources();

    /** Whether it watches this map. */
    default boolean watches(String resource) {
        return resources().contains(resource);
    }

    /** Whether {@link #resources} are all that it watches. */
    default boolean onlyThese() {
        return true;
    }

    /** Events of its resources, whole revisions, oldest first. */
    void onEvents(List<CacheEvent> events);

    /** The cache has lost what lies between: the watcher's client has to list again. No call follows. */
    void onGap();
}
