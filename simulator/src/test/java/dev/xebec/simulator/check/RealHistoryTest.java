package dev.xebec.simulator.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.api.ApiResponse;
import dev.xebec.contracts.api.BindRequest;
import dev.xebec.contracts.api.BindRequest.Bind;
import dev.xebec.contracts.api.WatchEvent;
import dev.xebec.contracts.api.WatchRequest;
import dev.xebec.contracts.api.WatchSink;
import dev.xebec.contracts.state.Change;
import dev.xebec.contracts.state.ChangeSink;
import dev.xebec.contracts.state.ChangesQuery;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.RangeQuery;
import dev.xebec.contracts.state.RangeResult;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.gateway.registry.Commits;
import dev.xebec.gateway.registry.StoreCommits;
import dev.xebec.gateway.service.Gateway;
import dev.xebec.gateway.service.GatewayConfig;
import dev.xebec.kit.client.Bindings;
import dev.xebec.kit.metrics.PrometheusMetrics;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.Json;
import dev.xebec.state.memory.InMemoryStateStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a real gateway over a real store does is no violation of anything. */
class RealHistoryTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final KindRegistry KINDS = KindRegistry.builtIn();

    private final InMemoryStateStore store = new InMemoryStateStore("r");
    private final List<Told> told = Collections.synchronizedList(new ArrayList<>());
    private final Gateway gateway = new Gateway(store, recorded(StoreCommits.direct(store)), KINDS,
            InstantSource.system(), new PrometheusMetrics(), GatewayConfig.DEFAULT_SERVICE_CIDR);

    private record Told(Txn txn, TxnResult result) {}

    @AfterEach
    void close() {
        gateway.close();
        store.close();
    }

    private Commits recorded(Commits commits) {
        return new Commits() {
            @Override
            public TxnResult commit(Txn txn) {
                TxnResult result = commits.commit(txn);
                told.add(new Told(txn, result));
                return result;
            }

            @Override
            public List<TxnResult> commitAll(List<Txn> txns) {
                List<TxnResult> results = commits.commitAll(txns);
                for (int at = 0; at < txns.size(); at++) {
                    told.add(new Told(txns.get(at), results.get(at)));
                }
                return results;
            }
        };
    }

    private ObjectNode send(String method, String path, String type, String json) {
        ApiResponse response = gateway.api().send(new ApiRequest(method, path, Map.of(), type, "",
                Bytes.utf8(json.replace('\'', '"')), new ApiRequest.User("u", List.of("system:masters")), "test"));
        assertTrue(response.code() < 300, () -> method + " " + path + ": " + response.body().utf8());
        return Json.parseObject(response.body().array());
    }

    private ObjectNode post(String path, String json) {
        return send("POST", path, "application/json", json);
    }

    private void patch(String path, String json) {
        send("PATCH", path, "application/merge-patch+json", json);
    }

    private static Bind bind(ObjectNode pod, long nodeVersion) {
        return new Bind("default", pod.at("/metadata/name").asText(), pod.at("/metadata/uid").asText(),
                pod.at("/metadata/resourceVersion").asLong(), "n", nodeVersion);
    }

    private ObjectNode pod(String name) {
        return post(PODS, "{'metadata':{'name':'" + name + "','labels':{'app':'x'}},'spec':{'containers':[{'name':'c',"
                + "'image':'i','resources':{'requests':{'cpu':'500m'}},'ports':[{'containerPort':80}]}]}}");
    }

    private void live() {
        post("/api/v1/namespaces", "{'metadata':{'name':'default'}}");
        post("/api/v1/nodes", "{'metadata':{'name':'n','labels':{'kubernetes.io/hostname':'n'}}}");
        // As the lifecycle controller does once the node is ready.
        patch("/api/v1/nodes/n", "{'spec':{'taints':null}}");
        patch("/api/v1/nodes/n/status", "{'status':{'allocatable':{'cpu':'2','memory':'4Gi','pods':'9'}}}");
        post("/api/v1/namespaces/default/services",
                "{'metadata':{'name':'s'},'spec':{'selector':{'app':'x'},'ports':[{'port':80}]}}");
        ObjectNode one = pod("one");
        ObjectNode two = pod("two");
        long count = send("GET", "/apis/cluster.xebec.dev/v1alpha1/nodeallocations/n", "", "").at("/spec/binds")
                .asLong();
        post(Bindings.PATH,
                Bindings.toTree(new BindRequest(List.of(bind(one, count), bind(two, count + 1)))).toString());
        ObjectNode three = pod("three");
        post(Bindings.PATH, Bindings.toTree(new BindRequest(List.of(bind(three, count)))).toString());
        post(PODS + "/three/binding", "{'metadata':{'name':'three'},'target':{'name':'n'}}");
        patch(PODS + "/one/status", "{'status':{'phase':'Running','podIP':'10.0.0.1',"
                + "'containerStatuses':[{'name':'c','restartCount':1,'image':'i','imageID':'','ready':true}]}}");
        patch(PODS + "/two", "{'metadata':{'labels':{'app':'y'},'finalizers':['example.com/f']}}");
        send("DELETE", PODS + "/two", "application/json", "{'gracePeriodSeconds':0}");
        patch(PODS + "/two", "{'metadata':{'finalizers':null}}");
        send("DELETE", PODS + "/three", "application/json", "{'gracePeriodSeconds':0}");
        post("/apis/apps/v1/namespaces/default/deployments",
                "{'metadata':{'name':'d'},'spec':{'replicas':3,'selector':{'matchLabels':{'a':'b'}},"
                        + "'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'}]}}}}");
        patch("/apis/apps/v1/namespaces/default/deployments/d", "{'spec':{'replicas':4}}");
        patch("/apis/apps/v1/namespaces/default/deployments/d/status", "{'status':{'replicas':4}}");
        send("DELETE", "/apis/apps/v1/namespaces/default/deployments/d", "", "");
    }

    @Test
    void aRealHistoryHolds() throws InterruptedException {
        gateway.start();
        assertTrue(gateway.cache().awaitFilled(PATIENCE));
        WatchRequest all = new WatchRequest(
                List.of(Samples.PODS, Samples.NODES, Samples.DEPLOYMENTS), "", "", "", 0);
        WatchRequest some = new WatchRequest(List.of(Samples.PODS), "default", "app=x", "spec.nodeName=n", 0);
        BlockingQueue<List<WatchEvent>> allSeen = watch(all);
        BlockingQueue<List<WatchEvent>> someSeen = watch(some);
        live();
        long last = store.currentRevision(LogGroup.MAIN);
        assertTrue(gateway.cache().await(last, PATIENCE));
        BlockingQueue<List<WatchEvent>> late = watch(all);

        Invariants invariants = Invariants.strict(KINDS);
        log(last).forEach(invariants::committed);
        assertEquals(last, invariants.truth().revision());
        told.forEach(one -> invariants.acknowledged(one.txn(), one.result()));
        assertTrue(told.size() > 10, "there is something to look at");
        RangeQuery pods = RangeQuery.prefix("/pods/").at(last);
        invariants.read(pods, (RangeResult.Page) store.range(pods));
        invariants.barrier(invariants.newestAcknowledged(), last);
        invariants.cachePublished("g", gateway.cache().image());
        replay(invariants, "all", all, allSeen, last);
        replay(invariants, "some", some, someSeen, last);
        replay(invariants, "late", all, late, last);
    }

    private BlockingQueue<List<WatchEvent>> watch(WatchRequest request) {
        BlockingQueue<List<WatchEvent>> calls = new LinkedBlockingQueue<>();
        gateway.api().watch(request, new WatchSink() {
            @Override
            public void onEvents(List<WatchEvent> events) {
                calls.add(events);
            }

            @Override
            public void onEnd(boolean expired, String reason) {
                // What was missed is found when the calls are replayed.
            }
        });
        return calls;
    }

    private static void replay(Invariants invariants, String watcher, WatchRequest request,
            BlockingQueue<List<WatchEvent>> calls, long last) throws InterruptedException {
        invariants.watchOpened(watcher, request);
        long seen = 0;
        while (seen < last) {
            List<WatchEvent> events = calls.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertNotNull(events, () -> watcher + " is told of everything");
            invariants.watchDelivered(watcher, events);
            WatchEvent end = events.get(events.size() - 1);
            seen = end.type() == WatchEvent.Type.PROGRESS || end.type() == WatchEvent.Type.SYNCED
                    ? end.revision()
                    : Math.max(seen, end.revision());
        }
    }

    private Map<Long, List<Change>> log(long last) throws InterruptedException {
        BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
        BlockingQueue<Long> reached = new LinkedBlockingQueue<>();
        Map<Long, List<Change>> revisions = new TreeMap<>();
        try (var subscription = store.changes(new ChangesQuery(LogGroup.MAIN, 1, ""), new ChangeSink() {
            @Override
            public void onChanges(List<Change> some, long through) {
                changes.addAll(some);
                reached.add(through);
            }

            @Override
            public void onProgress(long revision) {
                reached.add(revision);
            }

            @Override
            public void onEnd(End end) {
                // The test closes it.
            }
        })) {
            Long through = 0L;
            while (through != null && through < last) {
                through = reached.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            assertNotNull(through, "the log is told whole");
        }
        for (Change change : changes) {
            revisions.computeIfAbsent(change.revision(), fresh -> new ArrayList<>()).add(change);
        }
        return revisions;
    }
}
