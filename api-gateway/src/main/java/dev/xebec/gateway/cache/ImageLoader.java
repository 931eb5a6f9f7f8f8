package dev.xebec.gateway.cache;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.StateStore;

/** Reads the whole store at one revision, page by page. */
final class ImageLoader {
    /** Keys in a page. */
    private static final int PAGE = 1_000;
    /** Times that compaction may overtake the reading. */
    private static final int ATTEMPTS = 5;

    private final StateStore store;

    ImageLoader(StateStore store) {
        this.store = store;
    }

    /** @param revision the revision to read; below 1 there is nothing to read */
    StoreImage load(long revision) {
        long at = revision;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (at < 1) {
                return StoreImage.EMPTY;
            }
            StoreImage image = StoreImage.EMPTY;
            String from = "";
            while (true) {
                RangeResult result = store.range(new RangeQuery(LogGroup.MAIN, from, "", at, PAGE));
                if (result instanceof RangeResult.Compacted compacted) {
                    at = compacted.compactedRevision();
                    break;
                }
                RangeResult.Page page = (RangeResult.Page) result;
                for (KeyValue stored : page.keyValues()) {
                    StoreKey key = StoreKey.parse(stored.key());
                    image = key == null ? image : image.put(key, CachedObject.of(key.objectKey(), stored));
                }
                if (!page.more()) {
                    return image.at(at);
                }
                from = page.keyValues().get(page.keyValues().size() - 1).key() + '\0';
            }
        }
        throw new UnavailableException("the store compacts faster than it can be read");
    }
}
