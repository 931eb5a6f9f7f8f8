package dev.xebec.simulator.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.model.object.ObjectKey;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePMap;

class CacheAgreementTest {
    private final WrittenLog log = new WrittenLog().commit(Samples.pod("a", "", ""))
            .commit(Samples.pod("b", "", ""));
    private final Invariants invariants = log.invariants();

    /** What the log has at a revision, but for the pods named. */
    private StoreImage image(long revision, String... without) {
        TreePMap<String, CachedObject> pods = TreePMap.empty();
        for (Stored stored : log.truth().storedAt(Samples.PODS, revision)) {
            if (!Arrays.asList(without).contains(stored.objectKey())) {
                pods = pods.plus(stored.objectKey(), CachedObject.of(stored.object().key(), stored.keyValue()));
            }
        }
        return new StoreImage(revision, HashTreePMap.singleton("/pods", pods));
    }

    private StoreImage with(long revision, String pod, KeyValue value) {
        StoreImage image = image(revision);
        return new StoreImage(revision, image.resources().plus("/pods",
                image.all("/pods").plus("d/" + pod, CachedObject.of(new ObjectKey("d", pod), value))));
    }

    private void refused(StoreImage image) {
        assertEquals("cache-digest",
                assertThrows(Violation.class, () -> invariants.cachePublished("g", image)).invariant());
    }

    @Test
    void aCacheFollows() {
        invariants.cachePublished("g", image(1));
        invariants.cachePublished("g", image(2));
        log.commit(WrittenLog.delete(Samples.PODS, "d", "a"));
        invariants.cachePublished("g", image(3));
        invariants.settled();
    }

    @Test
    void aFirstImageIsWhole() {
        refused(image(2, "d/a"));
    }

    @Test
    void aLostChangeIsSeen() {
        invariants.cachePublished("g", image(1));
        refused(image(2, "d/b"));
    }

    @Test
    void aLostDeletionIsSeen() {
        invariants.cachePublished("g", image(2));
        StoreImage before = image(2);
        log.commit(WrittenLog.delete(Samples.PODS, "d", "a"));
        refused(new StoreImage(3, before.resources()));
    }

    @Test
    void anOldValueIsSeen() {
        invariants.cachePublished("g", image(2));
        StoreImage before = image(2);
        log.commit(Samples.pod("a", "n1", ""));
        refused(new StoreImage(3, before.resources()));
    }

    @Test
    void aForeignObjectIsSeen() {
        invariants.cachePublished("g", image(1));
        refused(with(2, "c", new KeyValue("/pods/d/c", Bytes.utf8("{}"), 2, 2, 1)));
    }

    @Test
    void whatChangesWithoutTheLogIsSeenAtTheEnd() {
        invariants.cachePublished("g", image(1));
        invariants.cachePublished("g", with(2, "a", new KeyValue("/pods/d/a", Bytes.utf8("{}"), 1, 1, 1)));
        assertThrows(Violation.class, invariants::settled);
    }

    @Test
    void aCacheStaysWithinTheLogAndDoesNotGoBack() {
        refused(new StoreImage(3, image(2).resources()));
        invariants.gatewayGone("g");
        invariants.cachePublished("g", image(2));
        refused(image(1));
    }

    @Test
    void aCacheCatchesUp() {
        invariants.cachePublished("g", image(1));
        assertThrows(Violation.class, invariants::settled);
        invariants.gatewayGone("g");
        invariants.settled();
    }
}
