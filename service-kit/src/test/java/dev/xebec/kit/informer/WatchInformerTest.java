package dev.xebec.kit.informer;

import static dev.xebec.kit.client.Objects.owned;
import static dev.xebec.kit.client.Objects.pod;
import static dev.xebec.model.object.GroupVersionResource.CONFIG_MAPS;
import static dev.xebec.model.object.GroupVersionResource.NODES;
import static dev.xebec.model.object.GroupVersionResource.PODS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.api.ApiClient;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.api.ApiResponse;
import dev.xebec.contracts.api.WatchHandle;
import dev.xebec.contracts.api.WatchRequest;
import dev.xebec.contracts.api.WatchSink;
import dev.xebec.kit.client.MemoryApi;
import dev.xebec.kit.client.MemoryGateway;
import dev.xebec.kit.client.Objects;
import dev.xebec.kit.informer.Informer.ObjectChange;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.ObjectKey;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchInformerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MemoryApi api = new MemoryApi();
    private final MemoryGateway first = api.gateway();
    private final MemoryGateway second = api.gateway();
    private final WatchInformer informer = new WatchInformer(new EitherOf(first, second), List.of(PODS, NODES), "",
            "", "", new SplittableRandom(1));
    private final List<String> heard = Collections.synchronizedList(new CopyOnWriteArrayList<>());

    /** Prefers the first gateway, as a client does that it answers. */
    private record EitherOf(ApiClient one, ApiClient other) implements ApiClient {
        @Override
        public ApiResponse send(ApiRequest request) {
            throw new UnavailableException("an informer only watches");
        }

        @Override
        public WatchHandle watch(WatchRequest request, WatchSink sink) {
            try {
                return one.watch(request, sink);
            } catch (UnavailableException dead) {
                return other.watch(request, sink);
            }
        }
    }

    @AfterEach
    void close() {
        informer.close();
    }

    private void start() {
        informer.addListener((changes, cache) -> heard.add(text(changes)));
        informer.start();
        awaitSync();
    }

    private void awaitSync() {
        assertThat(informer.awaitRevision(api.revision(), PATIENCE)).isTrue();
        assertThat(informer.synced()).isTrue();
    }

    private void settle() {
        assertThat(informer.awaitRevision(api.revision(), PATIENCE)).isTrue();
        // The listeners are called after the cache shows the change: one more change, and the earlier calls are over.
        int before = heard.size();
        long revision = api.put(NODES, Objects.object("v1", "Node", "", "marker-" + api.revision()));
        assertThat(informer.awaitRevision(revision, PATIENCE)).isTrue();
        assertThat(before).isLessThanOrEqualTo(heard.size());
        await(() -> heard.stream().anyMatch(text -> text.contains("marker-" + (revision - 1))));
        heard.removeIf(text -> text.contains("marker-"));
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting").isLessThan(giveUp);
            try {
                Thread.sleep(2);
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
    }

    private static String text(List<ObjectChange> changes) {
        return String.join(" ", changes.stream().map(change -> (change.before() == null
                ? "+"
                : change.after() == null ? "-" : "~") + change.any().name()).toList());
    }

    @Test
    void showsThePresentStateThenEachChange() {
        api.put(PODS, pod("default", "a"));
        start();
        api.put(PODS, pod("default", "b"));
        api.put(PODS, pod("default", "a").put("changed", true));
        api.delete(PODS, "default", "b");
        settle();

        assertThat(heard).containsExactly("+a", "+b", "~a", "-b");
        assertThat(informer.cache().list(PODS)).extracting(ApiObject::name).containsExactly("a");
        assertThat(informer.cache().get(PODS, new ObjectKey("default", "a")).tree().path("changed").asBoolean())
                .isTrue();
    }

    @Test
    void isSyncedAndTellsSoWhenThereIsNothing() {
        start();
        await(() -> heard.size() == 1);
        assertThat(heard).containsExactly("");
        assertThat(informer.cache().list(PODS)).isEmpty();
    }

    @Test
    void oneTransactionIsOneCall() {
        start();
        api.put(PODS, pod("default", "a"), pod("default", "b"), pod("other", "c"));
        settle();
        assertThat(heard).containsExactly("", "+a +b +c");
    }

    @Test
    void resumesOnAnotherGatewayAfterTheLastRevisionSeen() {
        api.put(PODS, pod("default", "a"));
        start();
        long seen = informer.cache().revision();
        first.die();
        api.put(PODS, pod("default", "b"));
        settle();

        assertThat(heard).containsExactly("+a", "+b");
        assertThat(second.watched()).isNotEmpty().first().extracting(WatchRequest::fromRevision).isEqualTo(seen);
    }

    @Test
    void waitsForAnyGatewayToComeBack() throws InterruptedException {
        start();
        first.die();
        second.die();
        api.put(PODS, pod("default", "a"));
        Thread.sleep(100);
        assertThat(informer.cache().list(PODS)).isEmpty();
        assertThat(informer.synced()).isTrue();
        second.revive();
        settle();
        assertThat(heard).containsExactly("", "+a");
    }

    @Test
    void listsAgainAfterExpiryAndReportsOnlyWhatDiffers() {
        api.put(PODS, pod("default", "same"), pod("default", "changed"), pod("default", "gone"),
                pod("default", "reborn"));
        start();
        first.die();
        second.die();
        api.put(PODS, pod("default", "changed").put("changed", true));
        api.delete(PODS, "default", "gone");
        api.delete(PODS, "default", "reborn");
        api.put(PODS, pod("default", "reborn"));
        api.put(PODS, pod("default", "new"));
        api.compact();
        heard.clear();
        second.revive();
        settle();

        assertThat(heard).containsExactly("-gone ~changed +new -reborn +reborn");
        assertThat(informer.cache().list(PODS)).extracting(ApiObject::name)
                .containsExactly("changed", "new", "reborn", "same");
        assertThat(second.watched()).extracting(WatchRequest::fromRevision).contains(0L);
    }

    @Test
    void progressRaisesTheRevisionWithoutACall() {
        start();
        await(() -> heard.size() == 1);
        long revision = api.put(CONFIG_MAPS, Objects.object("v1", "ConfigMap", "default", "unwatched"));
        assertThat(informer.awaitRevision(revision, PATIENCE)).isTrue();
        assertThat(heard).hasSize(1);
    }

    @Test
    void anOlderPictureNeverChanges() {
        api.put(PODS, owned(pod("default", "a"), "ReplicaSet", "web", "u1"));
        start();
        Cache old = informer.cache();
        api.put(PODS, owned(pod("default", "b"), "ReplicaSet", "web", "u1"));
        api.delete(PODS, "default", "a");
        settle();

        assertThat(old.list(PODS)).extracting(ApiObject::name).containsExactly("a");
        assertThat(old.ownedBy(PODS, "u1")).extracting(ApiObject::name).containsExactly("a");
        assertThat(informer.cache().ownedBy(PODS, "u1")).extracting(ApiObject::name).containsExactly("b");
    }

    @Test
    void findsByNamespaceOwnerAndDeclaredIndex() {
        informer.addIndex(PODS, "node", pod -> Set.of(pod.spec().path("nodeName").asText("")));
        start();
        ObjectNode placed = pod("alpha", "a");
        placed.putObject("spec").put("nodeName", "n1");
        api.put(PODS, placed, pod("alpha", "b"), pod("beta", "c"), pod("alphabet", "d"));
        settle();
        assertThat(informer.cache().list(PODS, "alpha")).extracting(ApiObject::name).containsExactly("a", "b");
        assertThat(informer.cache().byIndex(PODS, "node", "n1")).extracting(ApiObject::name).containsExactly("a");

        placed.withObject("spec").put("nodeName", "n2");
        api.put(PODS, placed);
        settle();
        assertThat(informer.cache().byIndex(PODS, "node", "n1")).isEmpty();
        assertThat(informer.cache().byIndex(PODS, "node", "n2")).extracting(ApiObject::name).containsExactly("a");
    }

    @Test
    void aFaultyListenerStopsNobody() {
        informer.addListener((changes, cache) -> {
            throw new IllegalStateException("a listener's fault, thrown by a test");
        });
        start();
        api.put(PODS, pod("default", "a"));
        settle();
        assertThat(heard).containsExactly("", "+a");
    }

    @Test
    void aClosedInformerLetsWaitersGo() {
        start();
        informer.close();
        assertThat(informer.awaitRevision(Long.MAX_VALUE, PATIENCE)).isFalse();
    }
}
