package dev.xebec.gateway.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.gateway.cache.StoreImage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is kept of the past, and for how long. */
class SnapshotShelfTest {
    private static final StoreImage IMAGE = new StoreImage(7, StoreImage.EMPTY.resources());
    private final AtomicLong nanos = new AtomicLong();
    private final SnapshotShelf shelf = new SnapshotShelf(nanos::get);

    @Test
    void anImageOfOneResourceIsNotFoundForAnother() {
        shelf.keep(IMAGE, "/configmaps");
        assertThat(shelf.find(7, "/configmaps")).isNotNull();
        assertThat(shelf.find(7, "/pods")).isNull();
        assertThat(shelf.find(8, "/configmaps")).isNull();
    }

    @Test
    void oldImagesGoAlsoWhenNoneIsKeptAfterThem() {
        shelf.keep(IMAGE, "/pods");
        nanos.addAndGet(SnapshotShelf.MAX_AGE.toNanos() - 1);
        shelf.keep(IMAGE, "/nodes");
        assertThat(shelf.find(7, "/pods")).as("asked for, which does not make it younger").isNotNull();
        nanos.addAndGet(1);
        shelf.sweep();
        assertThat(shelf.size()).isEqualTo(1);
        assertThat(shelf.find(7, "/pods")).isNull();
        assertThat(shelf.find(7, "/nodes")).isNotNull();
    }

    @Test
    void theOldestImageGoesFirst() {
        for (int at = 0; at <= SnapshotShelf.MAX_IMAGES; at++) {
            shelf.keep(IMAGE, "/r" + at);
        }
        assertThat(shelf.size()).isEqualTo(SnapshotShelf.MAX_IMAGES);
        assertThat(shelf.find(7, "/r0")).isNull();
        assertThat(shelf.find(7, "/r1")).isNotNull();
    }
}
