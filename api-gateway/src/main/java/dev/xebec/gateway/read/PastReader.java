package dev.xebec.gateway.read;

import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.Keys;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.cache.StoreKey;
import dev.xebec.model.kind.Kind;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePMap;

/** Images of the past: from the shelf, or one kind's objects read from the store at an old revision. */
final class PastReader {
    /** Keys in a page of the store. */
    private static final int PAGE = 1_000;

    private final StateStore store;
    private final SnapshotShelf shelf = new SnapshotShelf(System::nanoTime);

    PastReader(StateStore store) {
        this.store = store;
    }

    void keep(StoreImage image, Kind kind) {
        shelf.keep(image, StoreKey.resourceOf(kind));
    }

    /** Lets go of images that nobody has asked for in a while. */
    void sweep() {
        shelf.sweep();
    }

    /** The kind's objects at exactly this revision; null where the store no longer knows them. */
    @Nullable
    StoreImage at(long revision, Kind kind) {
        StoreImage kept = shelf.find(revision, StoreKey.resourceOf(kind));
        return kept != null ? kept : read(revision, kind);
    }

    private @Nullable StoreImage read(long revision, Kind kind) {
        String prefix = Keys.prefix(kind.storageGroup(), kind.plural());
        TreePMap<String, CachedObject> objects = TreePMap.empty();
        String from = prefix;
        while (true) {
            RangeResult result = store
                    .range(new RangeQuery(LogGroup.MAIN, from, Keys.endOfPrefix(prefix), revision, PAGE));
            if (!(result instanceof RangeResult.Page page)) {
                return null;
            }
            for (KeyValue stored : page.keyValues()) {
                StoreKey key = StoreKey.parse(stored.key());
                if (key != null) {
                    objects = objects.plus(key.object(), CachedObject.of(key.objectKey(), stored));
                }
            }
            if (!page.more()) {
                return new StoreImage(revision, HashTreePMap.singleton(StoreKey.resourceOf(kind), objects));
            }
            from = page.keyValues().get(page.keyValues().size() - 1).key() + '\0';
        }
    }
}
