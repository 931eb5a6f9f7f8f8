package dev.xebec.gateway.read;

import dev.xebec.gateway.cache.CacheEvent;
import dev.xebec.gateway.cache.CachedObject;
import org.jspecify.annotations.Nullable;

/**
 * What an event of the cache is to a watcher: an object that enters the selection is ADDED, one that leaves it DELETED.
 */
public final class EventFilter {
    private EventFilter() {}

    /** Null where the watcher sees nothing. */
    public static CacheEvent.@Nullable Type see(ObjectFilter filter, CacheEvent event) {
        boolean before = matches(filter, event.before());
        boolean after = matches(filter, event.after());
        if (after) {
            return before ? CacheEvent.Type.MODIFIED : CacheEvent.Type.ADDED;
        }
        return before ? CacheEvent.Type.DELETED : null;
    }

    private static boolean matches(ObjectFilter filter, @Nullable CachedObject object) {
        return object != null && filter.matches(object);
    }
}
