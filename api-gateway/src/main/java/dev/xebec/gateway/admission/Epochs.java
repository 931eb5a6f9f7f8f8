package dev.xebec.gateway.admission;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.Keys;
import dev.xebec.contracts.state.Write;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.model.object.Json;

/**
 * Marks in the store that change whenever what a write has to obey does: the webhooks' configurations, and which quotas a
 * namespace has. A write is conditional on the marks that it was judged by. So a gateway whose cache lags is told by the
 * store, and no write passes by a configuration that was acknowledged before it.
 */
final class Epochs {
    static final String GROUP = "cluster.xebec.dev";
    static final String PLURAL = "admissionepochs";
    private static final String EPOCHS = GROUP + "/" + PLURAL;

    private Epochs() {}

    /** One mark. @param namespace empty for one of the whole cluster */
    record Mark(String namespace, String name) {
        static final Mark WEBHOOKS = new Mark("", "webhooks");

        static Mark quotas(String namespace) {
            return new Mark(namespace, "quotas");
        }

        private String key() {
            return Keys.of(GROUP, PLURAL, namespace, name);
        }

        /** 0 where it was never set. */
        long revision(StoreImage image) {
            CachedObject found = image.get(EPOCHS, namespace, name);
            return found == null ? 0 : found.revision();
        }

        /** Holds while the mark is as it was at this revision of its own. */
        Guard unchangedSince(long revision) {
            return revision == 0 ? new Guard.Absent(key()) : new Guard.ModRevision(key(), revision);
        }

        Write set() {
            var tree = Json.object();
            tree.putObject("metadata").put("name", name);
            return new Write.Put(key(), Bytes.of(Json.bytes(tree)), 0);
        }

        Write removed() {
            return new Write.Delete(key());
        }
    }
}
