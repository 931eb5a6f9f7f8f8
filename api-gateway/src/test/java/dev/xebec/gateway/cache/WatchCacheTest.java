package dev.xebec.gateway.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.api.WatchEvent;
import dev.xebec.contracts.api.WatchHandle;
import dev.xebec.contracts.api.WatchRequest;
import dev.xebec.contracts.api.WatchSink;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.gateway.testing.Await;
import dev.xebec.gateway.testing.TestApi;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Watches through the bus door, over gateways that come and go. */
class WatchCacheTest {
    private static final GroupVersionResource PODS = GroupVersionResource.PODS;
    private static final GroupVersionResource CONFIG_MAPS = GroupVersionResource.CONFIG_MAPS;
    private final TestApi gateway = new TestApi();

    @AfterEach
    void close() {
        gateway.close();
    }

    private static final class Seen implements WatchSink {
        private final List<WatchEvent> events = new CopyOnWriteArrayList<>();
        private final AtomicReference<String> end = new AtomicReference<>();

        @Override
        public void onEvents(List<WatchEvent> some) {
            events.addAll(some);
        }

        @Override
        public void onEnd(boolean expired, String reason) {
            end.set((expired ? "expired: " : "ended: ") + reason);
        }

        private List<String> names() {
            return events.stream().filter(event -> !event.object().isEmpty())
                    .map(event -> event.type() + " " + ApiObject.parse(event.object().array()).name()).toList();
        }

        private void await(int count) {
            Await.until(count + " events, not " + names(), Duration.ofSeconds(60), () -> names().size() >= count);
        }
    }

    private static WatchHandle watch(TestApi at, Seen seen, long from, String selector,
            GroupVersionResource... resources) {
        return at.gateway().api().watch(new WatchRequest(List.of(resources), "", selector, "", from), seen);
    }

    @Test
    void severalResourcesArriveInOneRevisionOrderAfterTheState() {
        gateway.pod("a");
        Seen seen = new Seen();
        try (WatchHandle handle = watch(gateway, seen, 0, "", PODS, CONFIG_MAPS)) {
            Await.until("synced", Duration.ofSeconds(60),
                    () -> seen.events.stream().anyMatch(event -> event.type() == WatchEvent.Type.SYNCED));
            gateway.configMap("c");
            gateway.pod("b");
            gateway.api().delete(TestApi.CONFIG_MAPS + "/c").expect(200);
            seen.await(4);
            assertThat(seen.names()).containsExactly("ADDED a", "ADDED c", "ADDED b", "DELETED c");
            List<Long> revisions = seen.events.stream().filter(event -> event.type() != WatchEvent.Type.PROGRESS)
                    .map(WatchEvent::revision).toList();
            assertThat(revisions).isSorted();
            WatchEvent deleted = seen.events.stream().filter(event -> event.type() == WatchEvent.Type.DELETED)
                    .findFirst()
                    .orElseThrow();
            assertThat(ApiObject.parse(deleted.object().array()).revision()).isEqualTo(deleted.revision());
        }
    }

    @Test
    void aResumedWatchReplaysNothingAsAddedThatWasSeenAlready() {
        gateway.pod("a");
        long from = gateway.pod("b").revision();
        gateway.pod("c");
        gateway.api().delete(TestApi.PODS + "/a").expect(200);
        try (TestApi other = new TestApi(gateway.store())) {
            Seen seen = new Seen();
            try (WatchHandle handle = watch(other, seen, from, "", PODS)) {
                seen.await(2);
                assertThat(seen.names()).containsExactly("ADDED c", "DELETED a");
            }
        }
    }

    @Test
    void resumingBeforeTheHorizonIsExpiredAndNotAGap() {
        long from = gateway.pod("a").revision();
        gateway.pod("b");
        gateway.pod("c");
        gateway.store().compact(LogGroup.MAIN, gateway.store().currentRevision(LogGroup.MAIN));
        try (TestApi other = new TestApi(gateway.store())) {
            Seen seen = new Seen();
            try (WatchHandle handle = watch(other, seen, from, "", PODS)) {
                Await.until("the end", Duration.ofSeconds(60), () -> seen.end.get() != null);
                assertThat(seen.end.get()).startsWith("expired");
                assertThat(seen.names()).isEmpty();
            }
            assertThat(other.api().get(TestApi.PODS).names()).containsExactly("a", "b", "c");
        }
    }

    @Test
    void anIdleWatchSaysHowFarItIs() {
        Seen seen = new Seen();
        try (WatchHandle handle = watch(gateway, seen, 0, "", PODS)) {
            Await.until("synced", Duration.ofSeconds(60),
                    () -> seen.events.stream().anyMatch(event -> event.type() == WatchEvent.Type.SYNCED));
            long revision = gateway.configMap("quiet").revision();
            Await.until("progress", Duration.ofSeconds(60), () -> seen.events.stream().anyMatch(
                    event -> event.type() == WatchEvent.Type.PROGRESS && event.revision() >= revision));
        }
        Await.until("the end is told", Duration.ofSeconds(60), () -> "ended: closed".equals(seen.end.get()));
    }

    @Test
    void leavingASelectionIsADeletionAndEnteringAnAddition() {
        Seen seen = new Seen();
        try (WatchHandle handle = watch(gateway, seen, 0, "app=x", PODS)) {
            gateway.pod("p");
            gateway.api().merge(TestApi.PODS + "/p", "{'metadata':{'labels':{'app':'x'}}}").expect(200);
            gateway.api().merge(TestApi.PODS + "/p", "{'metadata':{'labels':{'app':'y'}}}").expect(200);
            seen.await(2);
            assertThat(seen.names()).containsExactly("ADDED p", "DELETED p");
        }
    }

    @Test
    void theRingForgetsWholeRevisionsAndKnowsWhatItForgot() {
        EventRing ring = new EventRing(3, 1_000_000, 10);
        for (long revision : new long[]{11, 11, 12, 13}) {
            ring.add(new CacheEvent("/pods", "default/p", revision, null, null));
        }
        assertThat(ring.completeAfter()).isEqualTo(11);
        assertThat(ring.after(11, java.util.Set.of("/pods")::contains)).extracting(CacheEvent::revision)
                .containsExactly(12L,
                        13L);
        assertThat(ring.after(12, java.util.Set.of("/nodes")::contains)).isEmpty();
    }
}
