package dev.xebec.gateway.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.gateway.cache.Digest;
import dev.xebec.gateway.cache.Digests;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.cache.WatchCache;
import dev.xebec.gateway.read.ReadRevision;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.concurrent.Semaphore;

/**
 * {@code /xebec/v1/digest?revision=N}: digests of this gateway's cache and of the store, both at exactly this revision; that
 * of now where none is given. They differ only where the cache has lost something. Gateways asked for one revision have to
 * answer the same.
 *
 * <p>One at a time, because each reads the whole store: 429 for who comes meanwhile. 410 for a revision too long ago.
 */
final class DigestPath extends ReadOnly {
    private static final int RETRY_SECONDS = 1;

    private final WatchCache cache;
    private final ReadRevision revisions;
    private final StateStore store;
    private final Semaphore turn = new Semaphore(1);

    DigestPath(WatchCache cache, ReadRevision revisions, StateStore store) {
        this.cache = cache;
        this.revisions = revisions;
        this.store = store;
    }

    @Override
    Answer read(Call call) {
        ReadRevision.checkOfList(call.query("revision"));
        long asked = ReadRevision.parse(call.query("revision"));
        if (!turn.tryAcquire()) {
            return Answer.refused(Status.tooManyRequests("another digest is being made", RETRY_SECONDS));
        }
        try {
            StoreImage image = asked == 0 ? revisions.newest() : past(asked);
            Digest cached = Digests.of(image);
            Digest stored = Digests.of(store, image.revision());
            if (stored == null) {
                throw tooOld(image.revision());
            }
            ObjectNode tree = Json.object().put("revision", image.revision());
            tree.put("cacheDigest", cached.toString()).put("storeDigest", stored.toString());
            tree.put("cacheObjects", cached.objects()).put("storeObjects", stored.objects());
            return Answer.json(200, tree);
        } finally {
            turn.release();
        }
    }

    private StoreImage past(long revision) {
        revisions.notOlderThan(revision);
        StoreImage image = cache.imageAt(revision);
        if (image == null) {
            throw tooOld(revision);
        }
        return image;
    }

    private static RejectedException tooOld(long revision) {
        return new RejectedException(Status.expired("revision " + revision + " is no longer kept"));
    }
}
