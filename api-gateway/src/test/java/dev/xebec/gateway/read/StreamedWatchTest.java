package dev.xebec.gateway.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.state.Keys;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.contracts.state.Write;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.cache.WatchCache;
import dev.xebec.gateway.conversion.Conversions;
import dev.xebec.gateway.encode.Encoder;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.ResponseStream;
import dev.xebec.gateway.testing.Await;
import dev.xebec.gateway.testing.TestApi;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A watch on an event loop that is turned by hand. */
class StreamedWatchTest {
    private static final int OBJECTS = 3 * StreamedWatch.MAX_LOOKS;
    private final TestApi gateway = new TestApi();
    private final WatchCache cache = gateway.gateway().cache();
    private final HandTurnedLoop loop = new HandTurnedLoop();

    @AfterEach
    void close() {
        gateway.close();
    }

    /** Writes so many config maps of which the last alone has the label {@code a=1}. */
    private void fill() {
        List<Txn> txns = new ArrayList<>();
        for (int at = 0; at < OBJECTS; at++) {
            String name = "c%05d".formatted(at);
            String label = at == OBJECTS - 1 ? "1" : "2";
            txns.add(new Txn(List.of(), List.of(new Write.Put(Keys.of("", "configmaps", "default", name),
                    Bytes.utf8("{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name
                            + "\",\"namespace\":\"default\",\"labels\":{\"a\":\"" + label + "\"}}}"),
                    0))));
        }
        for (int from = 0; from < OBJECTS; from += StreamedWatch.MAX_LOOKS) {
            assertThat(gateway.store().propose(new Proposal(LogGroup.MAIN, 4711, 1 + from, 1,
                    txns.subList(from, from + StreamedWatch.MAX_LOOKS))))
                    .hasOnlyElementsOfType(TxnResult.Committed.class);
        }
        assertThat(cache.await(gateway.store().currentRevision(LogGroup.MAIN), Duration.ofSeconds(30))).isTrue();
    }

    private void watch(String revision) {
        ApiRequest request = new ApiRequest("GET", TestApi.CONFIG_MAPS,
                Map.of("watch", "true", "labelSelector", "a=1", "resourceVersion", revision), "", "", Bytes.EMPTY,
                new ApiRequest.User("tester", List.of()), "");
        Call call = gateway.gateway().pipeline().call(request, "id", "");
        StoreImage image = cache.image();
        new StreamedWatch(cache, gateway.gateway().served(), new Conversions((kind, objects, version) -> objects),
                new Encoder(InstantSource.system()), WatchOptions.of(call), loop, new OpenWatches()).start(image);
    }

    @Test
    void aStateInWhichLittleMatchesDoesNotHoldTheEventLoop() {
        fill();
        watch("0");
        assertThat(loop.written).isEmpty();
        assertThat(loop.turnUntilIdle()).isGreaterThanOrEqualTo(OBJECTS / StreamedWatch.MAX_LOOKS);
        assertThat(loop.written).singleElement().asString().contains("ADDED").contains("c%05d".formatted(OBJECTS - 1));
    }

    @Test
    void eventsOfThePastAreFilteredInTurnsAndComeBeforeNewOnes() {
        String from = Long.toString(cache.image().revision());
        fill();
        watch(from);
        assertThat(loop.written).isEmpty();
        gateway.api().post(TestApi.CONFIG_MAPS, "{'metadata':{'name':'new','labels':{'a':'1'}}}").expect(201);
        gateway.api().get(TestApi.CONFIG_MAPS + "/new").expect(200);
        assertThat(loop.turnUntilIdle()).isGreaterThanOrEqualTo(OBJECTS / StreamedWatch.MAX_LOOKS - 1);
        Await.until("the new one", Duration.ofSeconds(30), () -> {
            loop.turnUntilIdle();
            return String.join("", loop.written).contains("\"new\"");
        });
        String all = String.join("", loop.written);
        assertThat(all.lines()).hasSize(2);
        assertThat(all.indexOf("c%05d".formatted(OBJECTS - 1))).isPositive().isLessThan(all.indexOf("\"new\""));
    }

    /** A connection may break between two events of one transaction; the client then resumes from their revision. */
    @Test
    void aWatchThatBrokeWithinARevisionLosesNothingOfIt() {
        Txn both = new Txn(List.of(), List.of(put("one"), put("two")));
        gateway.store().propose(new Proposal(LogGroup.MAIN, 4711, 1, 1, List.of(both)));
        long revision = gateway.configMap("three").revision() - 1;
        gateway.api().get(TestApi.CONFIG_MAPS + "/three").expect(200);
        watch(Long.toString(revision));
        loop.turnUntilIdle();
        assertThat(String.join("", loop.written).lines()).hasSize(2).satisfiesExactly(
                line -> assertThat(line).contains("ADDED", "\"one\""),
                line -> assertThat(line).contains("ADDED", "\"two\""));
    }

    private static Write.Put put(String name) {
        return new Write.Put(Keys.of("", "configmaps", "default", name),
                Bytes.utf8("{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name
                        + "\",\"namespace\":\"default\",\"labels\":{\"a\":\"1\"}}}"),
                0);
    }

    /** Runs what is put on it when the test says so; its client takes everything and never goes. */
    private static final class HandTurnedLoop implements ResponseStream {
        private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
        private final List<String> written = new ArrayList<>();

        /** The number of tasks that were run. */
        int turnUntilIdle() {
            int turns = 0;
            for (Runnable next = poll(); next != null; next = poll()) {
                next.run();
                turns++;
            }
            return turns;
        }

        private Runnable poll() {
            synchronized (tasks) {
                return tasks.poll();
            }
        }

        @Override
        public void onLoop(Runnable task) {
            synchronized (tasks) {
                tasks.add(task);
            }
        }

        @Override
        public Runnable onLoopAfter(long delayMillis, Runnable task) {
            return () -> {
            };
        }

        @Override
        public boolean write(Bytes chunk) {
            push(chunk);
            return true;
        }

        @Override
        public void push(Bytes chunk) {
            written.add(chunk.utf8());
        }

        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public void whenReady(Runnable task) {
            // it always is
        }

        @Override
        public boolean closed() {
            return false;
        }

        @Override
        public void onClose(Runnable task) {
            // never
        }

        @Override
        public void end() {
            throw new AssertionError("the watch ended itself: " + written);
        }
    }
}
