package dev.xebec.gateway.registry;

import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.model.object.ApiObject;
import org.jspecify.annotations.Nullable;

/**
 * An object's state as a decision starts from it; read-only.
 *
 * @param object with its resourceVersion; null where it does not exist
 * @param revision of its last write, 0 where it does not exist
 * @param certain whether it is known to be the newest state, not only what the cache has
 */
public record Present(@Nullable ApiObject object, @Nullable CachedObject cached, long revision, boolean certain) {

    static Present of(@Nullable CachedObject cached, boolean certain) {
        return cached == null
                ? new Present(null, null, 0, certain)
                : new Present(cached.parse(), cached, cached.revision(), certain);
    }

    public boolean exists() {
        return object != null;
    }

    /** The object; call it only where it exists. */
    public ApiObject existing() {
        if (object == null) {
            throw new IllegalStateException("no object");
        }
        return object;
    }
}
