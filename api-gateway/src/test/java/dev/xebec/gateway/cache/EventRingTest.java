package dev.xebec.gateway.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.model.object.ObjectKey;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What past events may cost. */
class EventRingTest {
    private static final Bytes STORED = Bytes
            .utf8("{\"metadata\":{\"name\":\"p\",\"labels\":{\"a\":\"" + "x".repeat(1_000) + "\"}}}");

    private static CachedObject object(long revision) {
        return CachedObject.of(new ObjectKey("default", "p"),
                new KeyValue("/pods/default/p", STORED, 1, revision, revision));
    }

    private static CacheEvent modified(long revision) {
        return new CacheEvent("/pods", "default/p", revision, object(revision - 1), object(revision));
    }

    @Test
    void framesThatEventsKeepCountAsTheirObjectsDo() {
        EventRing ring = new EventRing(100, 10_000, 0);
        for (long revision = 2; revision <= 20; revision++) {
            CacheEvent event = modified(revision);
            ring.add(event);
            event.frame(CacheEvent.Type.MODIFIED);
        }
        long kept = ring.after(ring.completeAfter(), Set.of("/pods")::contains).stream()
                .mapToLong(event -> object(1).json().size() + event.frame(CacheEvent.Type.MODIFIED).size()).sum();
        assertThat(kept).isPositive().isLessThanOrEqualTo(10_000);
    }

    @Test
    void framesForThoseWhoseSelectionIsEnteredOrLeftAreNotKept() {
        CacheEvent event = modified(3);
        Bytes own = event.frame(CacheEvent.Type.MODIFIED);
        assertThat(event.frame(CacheEvent.Type.MODIFIED)).isSameAs(own);
        Bytes left = event.frame(CacheEvent.Type.DELETED);
        assertThat(left.utf8()).startsWith("{\"type\":\"DELETED\"").contains("\"resourceVersion\":\"3\"");
        assertThat(event.frame(CacheEvent.Type.DELETED)).isNotSameAs(left);
        assertThat(event.frame(CacheEvent.Type.ADDED).utf8()).startsWith("{\"type\":\"ADDED\"");
        CacheEvent gone = new CacheEvent("/pods", "default/p", 4, object(3), null);
        assertThat(gone.frame(CacheEvent.Type.DELETED)).isSameAs(gone.frame(CacheEvent.Type.DELETED));
    }

    @Test
    void whoResumesWithinARevisionGetsItsEventsAgainUnlessItsOneEventIsKnown() {
        EventRing ring = new EventRing(5, 1_000_000, 1);
        for (long revision : new long[]{2, 3, 3, 4, 5}) {
            ring.add(modified(revision));
        }
        Set<String> pods = Set.of("/pods");
        assertThat(ring.resumed(1, pods::contains)).extracting(CacheEvent::revision).containsExactly(2L, 3L, 3L, 4L,
                5L);
        assertThat(ring.resumed(2, pods::contains)).extracting(CacheEvent::revision).containsExactly(3L, 3L, 4L, 5L);
        assertThat(ring.resumed(3, pods::contains)).extracting(CacheEvent::revision).containsExactly(3L, 3L, 4L, 5L);
        assertThat(ring.resumed(4, pods::contains)).extracting(CacheEvent::revision).containsExactly(5L);
        assertThat(ring.resumed(5, pods::contains)).isEmpty();
        assertThat(ring.resumed(3, Set.of("/nodes")::contains)).isEmpty();
        ring.add(modified(6));
        assertThat(ring.resumableAt()).isEqualTo(2);
        ring.add(modified(7));
        assertThat(ring.completeAfter()).isEqualTo(3);
        assertThat(ring.resumableAt()).isEqualTo(4);
    }
}
