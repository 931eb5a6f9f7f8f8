package dev.xebec.kit.informer;

import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Watches some resources in one ordered stream and keeps a {@link Cache} of them; survives the death of gateways by
 * resuming on another from the last revision, and lists again only when that revision is gone. Started once, closed once.
 */
public interface Informer extends AutoCloseable {

    /** Begins to watch; does not wait. Listeners and indexes are added before. */
    void start();

    /** The present picture; empty, at revision 0, before the first sync. */
    Cache cache();

    boolean synced();

    /** Waits until the cache has reached {@code revision}; false after {@code patience}. */
    boolean awaitRevision(long revision, Duration patience);

    /** Called on one thread, after {@link #cache()} shows the change, once per revision or initial sync. */
    void addListener(Listener listener);

    /** Declares an index: each object is found under each of the values. */
    void addIndex(GroupVersionResource resource, String index, Function<ApiObject, Set<String>> values);

    @Override
    void close();

    /** Hears of changes. Level, not edge: a re-list reports only what differs. */
    interface Listener {
        void onChanges(List<ObjectChange> changes, Cache cache);
    }

    /** @param before null for a new object; @param after null for a deleted one */
    record ObjectChange(GroupVersionResource resource, @Nullable ApiObject before, @Nullable ApiObject after) {

        /** The newest state that there is. */
        public ApiObject any() {
            ApiObject state = after != null ? after : before;
            if (state == null) {
                throw new IllegalStateException("a change of nothing");
            }
            return state;
        }
    }
}
