package dev.xebec.kit.api;

import static dev.xebec.kit.client.Objects.pod;
import static dev.xebec.model.object.GroupVersionResource.NODES;
import static dev.xebec.model.object.GroupVersionResource.PODS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.api.WatchEvent;
import dev.xebec.contracts.api.WatchHandle;
import dev.xebec.contracts.api.WatchRequest;
import dev.xebec.contracts.api.WatchSink;
import dev.xebec.contracts.member.Member;
import dev.xebec.contracts.member.Members;
import dev.xebec.kit.bus.BusSettings;
import dev.xebec.kit.bus.VertxBus;
import dev.xebec.kit.client.ApiResult;
import dev.xebec.kit.client.MemoryApi;
import dev.xebec.kit.client.MemoryGateway;
import dev.xebec.kit.client.Resources;
import dev.xebec.kit.informer.WatchInformer;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.status.Status;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two gateways on one bus and a client beside them. */
class BusApiTest {
    private static final ApiRequest.User USER = new ApiRequest.User("system:kube-scheduler", List.of("system:nodes"));
    private static final Duration LONG = Duration.ofSeconds(30);

    private final MemoryApi api = new MemoryApi();
    private final MemoryGateway first = api.gateway();
    private final MemoryGateway second = api.gateway();
    private Vertx vertx;
    private VertxBus serverOne;
    private VertxBus serverTwo;
    private VertxBus clientBus;
    private ApiEndpoint endpointOne;
    private ApiEndpoint endpointTwo;
    private BusApiClient client;

    private static Members gateways(String... processes) {
        return Members.fixed(Stream.of(processes).map(process -> new Member("api-gateway", process, 1, 1, "",
                Instant.EPOCH, true, false, 0, 100)).toList());
    }

    private record Ended(boolean expired, String reason) {}

    /** Hears a watch. */
    private static final class Heard implements WatchSink {
        private final BlockingQueue<List<WatchEvent>> batches = new LinkedBlockingQueue<>();
        private final BlockingQueue<Ended> ends = new LinkedBlockingQueue<>();

        @Override
        public void onEvents(List<WatchEvent> events) {
            batches.add(events);
        }

        @Override
        public void onEnd(boolean expired, String reason) {
            ends.add(new Ended(expired, reason));
        }

        List<WatchEvent> next() throws InterruptedException {
            List<WatchEvent> batch = batches.poll(LONG.toSeconds(), TimeUnit.SECONDS);
            assertThat(batch).as("events").isNotNull();
            return batch;
        }
    }

    @BeforeEach
    void join() {
        vertx = Vertx.vertx();
        BusSettings settings = BusSettings.DEFAULTS.withPatience(Duration.ofSeconds(5));
        serverOne = new VertxBus(vertx, settings);
        serverTwo = new VertxBus(vertx, settings);
        clientBus = new VertxBus(vertx, settings);
        endpointOne = new ApiEndpoint(serverOne, first, "master-0");
        endpointTwo = new ApiEndpoint(serverTwo, second, "master-1");
        client = client("master-0", Duration.ofSeconds(30));
    }

    private BusApiClient client(String process, Duration overall) {
        return new BusApiClient(clientBus, gateways("master-0", "master-1"), process, USER, "scheduler",
                Duration.ofSeconds(15), overall);
    }

    @AfterEach
    void leave() {
        endpointOne.close();
        endpointTwo.close();
        clientBus.close();
        serverOne.close();
        serverTwo.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long giveUp = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting").isLessThan(giveUp);
            Thread.sleep(2);
        }
    }

    @Test
    void carriesRequestsAndSaysWhoAsks() {
        Resources resources = new Resources(client);
        assertThat(resources.create(PODS, ApiObject.of(pod("default", "a")))).isInstanceOf(ApiResult.Ok.class);
        assertThat(resources.get(PODS, "default", "none")).isInstanceOfSatisfying(ApiResult.Refused.class,
                refused -> assertThat(refused.status().message()).isEqualTo("pods \"none\" not found"));
        assertThat(api.requests()).allSatisfy(request -> {
            assertThat(request.user()).isEqualTo(USER);
            assertThat(request.userAgent()).isEqualTo("scheduler");
        });
    }

    @Test
    void goesToTheNextGatewayWhenOneFailsAndStaysThere() {
        first.die();
        Resources resources = new Resources(client);
        assertThat(resources.create(PODS, ApiObject.of(pod("default", "a")))).isInstanceOf(ApiResult.Ok.class);
        first.revive();
        second.die();
        assertThat(resources.get(PODS, "default", "a")).isInstanceOf(ApiResult.Ok.class);
    }

    @Test
    void aGatewayThatSaysUnavailableIsNotTheLastWord() {
        AtomicInteger answers = new AtomicInteger();
        api.refuse(request -> answers.incrementAndGet() == 1 ? Status.unavailable("no majority") : null);
        assertThat(new Resources(client).create(PODS, ApiObject.of(pod("default", "a"))))
                .isInstanceOf(ApiResult.Ok.class);
        api.refuse(request -> Status.unavailable("no majority"));
        assertThat(new Resources(client).get(PODS, "default", "a")).isInstanceOfSatisfying(ApiResult.Refused.class,
                refused -> assertThat(refused.status().message()).isEqualTo("no majority"));
    }

    @Test
    void saysUnavailableWhenNoGatewayAnswersInTime() {
        first.die();
        second.die();
        assertThatThrownBy(() -> client("", Duration.ofMillis(300)).send(new ApiRequest("GET", "/api/v1/pods",
                java.util.Map.of(), "", "", Bytes.EMPTY, new ApiRequest.User("", List.of()), "")))
                .isInstanceOf(UnavailableException.class).hasMessageContaining("/api/v1/pods");
    }

    @Test
    void aRevisionLargerThanAChunkArrivesWhole() throws InterruptedException {
        Heard heard = new Heard();
        try (WatchHandle watch = client.watch(new WatchRequest(List.of(PODS), "", "", "", 0), heard)) {
            assertThat(watch).isNotNull();
            assertThat(heard.next()).singleElement().extracting(WatchEvent::type).isEqualTo(WatchEvent.Type.SYNCED);
            var large = new com.fasterxml.jackson.databind.node.ObjectNode[30];
            for (int i = 0; i < large.length; i++) {
                large[i] = pod("default", "large-" + i).put("filler", "x".repeat(100_000));
            }
            long revision = api.put(PODS, large);
            List<WatchEvent> events = heard.next();
            assertThat(events).hasSize(large.length).allSatisfy(
                    event -> assertThat(event.revision()).isEqualTo(revision));
            assertThat(ApiObject.parse(events.get(29).object().array()).name()).isEqualTo("large-29");
        }
        await(() -> first.open() + second.open() == 0);
        assertThat(heard.ends).isEmpty();
    }

    @Test
    void aWatchOfAnExpiredRevisionSaysSo() throws InterruptedException {
        long old = api.put(PODS, pod("default", "a"));
        api.put(PODS, pod("default", "b"));
        api.compact();
        Heard heard = new Heard();
        client.watch(new WatchRequest(List.of(PODS), "", "", "", old), heard);
        assertThat(heard.ends.poll(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(new Ended(true, "compacted"));
    }

    @Test
    void anInformerLivesOnWhenItsGatewayIsGone() throws InterruptedException {
        api.put(PODS, pod("default", "a"));
        try (WatchInformer informer = new WatchInformer(client, List.of(PODS, NODES), "", "", "")) {
            informer.start();
            await(informer::synced);
            assertThat(first.open()).isEqualTo(1);
            endpointOne.close();
            serverOne.close();
            first.die();
            long revision = api.put(PODS, pod("default", "b"));
            assertThat(informer.awaitRevision(revision, LONG)).isTrue();
            assertThat(informer.cache().get(PODS, new ObjectKey("default", "b"))).isNotNull();
            assertThat(second.watched()).last().extracting(WatchRequest::fromRevision).isNotEqualTo(0L);
        }
    }

    @Test
    void aGatewayThatLeavesAnswersWhatItWasAskedAndItsWatchersGoOn() throws InterruptedException {
        api.put(PODS, pod("default", "a"));
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        api.refuse(request -> {
            if (request.method().equals("POST")) {
                asked.countDown();
                waitFor(goOn);
            }
            return null;
        });
        try (WatchInformer informer = new WatchInformer(client, List.of(PODS, NODES), "", "", "")) {
            informer.start();
            await(informer::synced);
            AtomicReference<ApiResult> made = new AtomicReference<>();
            Thread slow = Thread.ofVirtual().start(() -> made.set(new Resources(client)
                    .create(PODS, ApiObject.of(pod("default", "slow")))));
            waitFor(asked);
            Thread leaving = Thread.ofVirtual().start(() -> endpointOne.leave(Duration.ofMillis(50), LONG));
            await(() -> second.open() == 1);
            assertThat(leaving.isAlive()).isTrue();
            goOn.countDown();
            slow.join();
            leaving.join();
            assertThat(made.get()).isInstanceOf(ApiResult.Ok.class);
            assertThat(second.watched()).last().extracting(WatchRequest::fromRevision).isNotEqualTo(0L);
            long revision = api.put(PODS, pod("default", "b"));
            assertThat(informer.awaitRevision(revision, LONG)).isTrue();
            assertThat(new Resources(client).get(PODS, "default", "b")).isInstanceOf(ApiResult.Ok.class);
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
