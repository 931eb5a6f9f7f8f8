package dev.xebec.gateway.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.WatchEvent;
import dev.xebec.contracts.api.WatchHandle;
import dev.xebec.contracts.api.WatchRequest;
import dev.xebec.contracts.api.WatchSink;
import dev.xebec.contracts.state.Keys;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.contracts.state.Write;
import dev.xebec.gateway.registry.StoreCommits;
import dev.xebec.gateway.testing.TestApi;
import dev.xebec.model.object.GroupVersionResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a watch over the bus door is told of the past. */
class BusWatchTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private final TestApi gateway = new TestApi();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void whoWatchesCustomResourcesSeesTheMetadataOfAllWhateverIsDefinedMeanwhile() throws InterruptedException {
        BlockingQueue<WatchEvent> seen = new LinkedBlockingQueue<>();
        try (WatchHandle handle = gateway.gateway().api().watch(
                new WatchRequest(List.of(GroupVersionResource.CUSTOM), "", "", "", 0), new WatchSink() {
                    @Override
                    public void onEvents(List<WatchEvent> events) {
                        events.stream().filter(event -> event.object().size() > 0).forEach(seen::add);
                    }

                    @Override
                    public void onEnd(boolean expired, String reason) {
                        // The test ends it.
                    }
                })) {
            gateway.api().post("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", "{'metadata':{'name':"
                    + "'ships.example.com'},'spec':{'group':'example.com','scope':'Namespaced','names':{'plural':'ships',"
                    + "'kind':'Ship'},'versions':[{'name':'v1','served':true,'storage':true,'schema':{'openAPIV3Schema':"
                    + "{'type':'object','x-kubernetes-preserve-unknown-fields':true}}}]}}").expect(201);
            gateway.configMap("not-custom");
            gateway.api().post("/apis/example.com/v1/namespaces/default/ships",
                    "{'apiVersion':'example.com/v1','kind':'Ship','metadata':{'name':'a'},'spec':{'masts':3}}")
                    .expect(201);
            gateway.api().delete("/apis/example.com/v1/namespaces/default/ships/a").expect(200);
            for (WatchEvent.Type type : new WatchEvent.Type[]{WatchEvent.Type.ADDED, WatchEvent.Type.DELETED}) {
                WatchEvent event = seen.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(event).isNotNull();
                assertThat(event.type()).isEqualTo(type);
                assertThat(event.resource()).isEqualTo(GroupVersionResource.customOf("example.com", "ships"));
                assertThat(event.object().utf8()).contains("\"name\":\"a\"").doesNotContain("\"masts\"");
            }
            assertThat(handle).isNotNull();
        }
    }

    /** A scheduler that saw the pods of a bind and not the allocation took the rest of the revision for a repetition. */
    @ParameterizedTest
    @ValueSource(ints = {BusWatch.CHUNK - 3, BusWatch.CHUNK - 2, BusWatch.CHUNK - 1, BusWatch.CHUNK})
    void aRevisionThatWasMissedComesWhole(int before) {
        long start = gateway.store().currentRevision(LogGroup.MAIN);
        for (int at = 0; at < before; at++) {
            commit(pod("before-" + at));
        }
        long bind = commit(pod("a"), pod("b"), allocation());
        long last = commit(pod("after"));

        List<List<WatchEvent>> calls = watch(start, last);
        assertThat(calls).hasSizeGreaterThan(1);
        assertThat(calls.stream().mapToInt(List::size).sum()).isEqualTo(before + 4);
        assertThat(calls).filteredOn(call -> call.stream().anyMatch(event -> event.revision() == bind))
                .singleElement().satisfies(call -> assertThat(call)
                        .filteredOn(event -> event.revision() == bind)
                        .extracting(event -> event.resource().resource())
                        .containsExactly("pods", "pods", "nodeallocations"));
    }

    @Test
    void aCallOfThePastIsNoLongerThanItHasToBe() {
        long start = gateway.store().currentRevision(LogGroup.MAIN);
        long last = start;
        for (int at = 0; at < 2 * BusWatch.CHUNK; at++) {
            last = commit(pod("p" + at));
        }
        assertThat(watch(start, last)).extracting(List::size).containsExactly(BusWatch.CHUNK, BusWatch.CHUNK);
    }

    /** The calls that tell of what was missed, up to {@code last}. */
    private List<List<WatchEvent>> watch(long from, long last) {
        assertThat(gateway.gateway().cache().await(last, PATIENCE)).isTrue();
        BlockingQueue<List<WatchEvent>> told = new LinkedBlockingQueue<>();
        List<List<WatchEvent>> calls = new ArrayList<>();
        try (WatchHandle watch = gateway.gateway().api().watch(new WatchRequest(
                List.of(GroupVersionResource.PODS, GroupVersionResource.NODE_ALLOCATIONS), "", "", "", from),
                new Told(told))) {
            assertThat(watch).isNotNull();
            long reached = from;
            while (reached < last) {
                List<WatchEvent> call = told.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(call).as("what comes after revision %d", reached).isNotNull();
                calls.add(call);
                reached = call.getLast().revision();
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
        return calls;
    }

    private record Told(BlockingQueue<List<WatchEvent>> calls) implements WatchSink {
        @Override
        public void onEvents(List<WatchEvent> events) {
            calls.add(events);
        }

        @Override
        public void onEnd(boolean expired, String reason) {
            // Only when the test closes the watch.
        }
    }

    private long commit(Write... writes) {
        TxnResult result = StoreCommits.direct(gateway.store()).commit(new Txn(List.of(), List.of(writes)));
        return ((TxnResult.Committed) result).revision();
    }

    private static Write pod(String name) {
        return put(Keys.of("", "pods", "default", name), "v1", "Pod", name);
    }

    private static Write allocation() {
        return put(Keys.of("cluster.xebec.dev", "nodeallocations", "", "n"), "cluster.xebec.dev/v1alpha1",
                "NodeAllocation", "n");
    }

    private static Write put(String key, String version, String kind, String name) {
        return new Write.Put(key, Bytes.utf8("{\"apiVersion\":\"" + version + "\",\"kind\":\"" + kind
                + "\",\"metadata\":{\"name\":\"" + name + "\"}}"), 0);
    }
}
