package dev.xebec.gateway.cache;

import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.StateStore;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Digests of an image, and of the store at the same revision. Each looks at every object and takes its time. */
public final class Digests {
    /** Keys in a page of the store: what is held in memory at a time. */
    private static final int PAGE = 500;

    private Digests() {}

    public static Digest of(StoreImage image) {
        Digest digest = Digest.EMPTY;
        for (var resource : image.resources().entrySet()) {
            for (Map.Entry<String, CachedObject> object : resource.getValue().entrySet()) {
                digest = digest.plus(resource.getKey(), object.getKey(), object.getValue());
            }
            // An event loop may wait for this thread's processor.
            Thread.yield();
        }
        return digest;
    }

    /**
     * Reads the whole store at exactly this revision.
     *
     * @return null where the store no longer knows it
     */
    public static @Nullable Digest of(StateStore store, long revision) {
        Digest digest = Digest.EMPTY;
        String from = "";
        while (true) {
            if (!(store
                    .range(new RangeQuery(LogGroup.MAIN, from, "", revision, PAGE)) instanceof RangeResult.Page page)) {
                return null;
            }
            for (KeyValue stored : page.keyValues()) {
                StoreKey key = StoreKey.parse(stored.key());
                digest = key == null
                        ? digest
                        : digest.plus(key.resource(), key.object(), CachedObject.of(key.objectKey(), stored));
            }
            if (!page.more()) {
                return digest;
            }
            from = page.keyValues().get(page.keyValues().size() - 1).key() + '\0';
        }
    }
}
