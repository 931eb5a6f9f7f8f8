package dev.xebec.scheduler.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.ApiClient;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.api.ApiResponse;
import dev.xebec.contracts.api.BindRequest;
import dev.xebec.contracts.api.WatchHandle;
import dev.xebec.contracts.api.WatchRequest;
import dev.xebec.contracts.api.WatchSink;
import dev.xebec.contracts.member.Ownership;
import dev.xebec.kit.client.Bindings;
import dev.xebec.kit.client.Resources;
import dev.xebec.kit.informer.Informer.ObjectChange;
import dev.xebec.kit.metrics.PrometheusMetrics;
import dev.xebec.kit.reconcile.Events;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SchedulingLoopTest {
    private final Gateway gateway = new Gateway();
    private final Share share = new Share();
    private final Resources resources = new Resources(gateway);
    private final Events events = new Events(resources, "default-scheduler", InstantSource.system());
    private final SchedulingLoop loop = new SchedulingLoop(new Binder(resources), share,
            new Reporter(resources, events, InstantSource.system()), new SchedulerMetrics(new PrometheusMetrics()),
            InstantSource.system(), 0);

    @BeforeEach
    void start() {
        loop.start();
        changed(GroupVersionResource.NODES, """
                {"metadata":{"name":"node-0"},"status":{"allocatable":{"cpu":"4","memory":"8Gi","pods":"110"}}}""");
    }

    @AfterEach
    void stop() {
        loop.stop();
        events.close();
    }

    @Test
    void aPendingPodOfItsShareIsBound() throws Exception {
        changed(GroupVersionResource.PODS, pod("p", "1"));
        BindRequest.Bind bind = gateway.asked.take().binds().get(0);
        assertThat(bind.node()).isEqualTo("node-0");
        assertThat(bind.nodeVersion()).isZero();
        gateway.answers.add(BindRequest.Outcome.BOUND);
    }

    @Test
    void aPodOfAnothersShareIsLeftAlone() throws Exception {
        share.owned = false;
        changed(GroupVersionResource.PODS, pod("p", "1"));
        assertThat(gateway.asked.poll(300, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void aPodWhoseShareWentAndCameBackDuringItsBindIsNotForgotten() throws Exception {
        changed(GroupVersionResource.PODS, pod("p", "1"));
        gateway.asked.take();
        share.owned = false;
        loop.ownershipChanged();
        share.owned = true;
        loop.ownershipChanged();
        // The loop handles its messages in order, so that this pod is decided after both changes.
        changed(GroupVersionResource.NODES, """
                {"metadata":{"name":"node-1"},"status":{"allocatable":{"cpu":"4","memory":"8Gi","pods":"110"}}}""");
        gateway.answers.add(BindRequest.Outcome.NODE_TAKEN);
        assertThat(gateway.asked.take().binds().get(0).pod()).isEqualTo("p");
        gateway.answers.add(BindRequest.Outcome.BOUND);
    }

    @Test
    void aPodThatTookTheNameOfOneJustBoundIsScheduledToo() throws Exception {
        changed(GroupVersionResource.PODS, pod("p", "1"));
        gateway.asked.take();
        ApiObject first = parse(pod("p", "1"));
        loop.changed(List.of(new ObjectChange(GroupVersionResource.PODS, first, null)), null);
        changed(GroupVersionResource.PODS, pod("p", "2"));
        gateway.answers.add(BindRequest.Outcome.BOUND);
        assertThat(gateway.asked.take().binds().get(0).uid()).isEqualTo("uid-2");
        gateway.answers.add(BindRequest.Outcome.BOUND);
    }

    private void changed(GroupVersionResource resource, String json) {
        loop.changed(List.of(new ObjectChange(resource, null, parse(json))), null);
    }

    private static ApiObject parse(String json) {
        return ApiObject.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String pod(String name, String incarnation) {
        return """
                {"metadata":{"name":"%s","namespace":"default","uid":"uid-%s","resourceVersion":"%s"},
                "spec":{"containers":[{"name":"main"}]}}""".formatted(name, incarnation, incarnation);
    }

    /** Takes binds and answers them when it is told how; takes whatever else is written. */
    private static final class Gateway implements ApiClient {
        private final BlockingQueue<BindRequest> asked = new LinkedBlockingQueue<>();
        private final BlockingQueue<BindRequest.Outcome> answers = new LinkedBlockingQueue<>();

        @Override
        public ApiResponse send(ApiRequest request) {
            ObjectNode body = Json.parseObject(request.body().array());
            if (!request.path().equals(Bindings.PATH)) {
                return new ApiResponse(201, "application/json", Map.of(), request.body());
            }
            BindRequest binds = Bindings.request(body);
            asked.add(binds);
            try {
                BindRequest.Outcome outcome = answers.take();
                List<BindRequest.Result> results = binds.binds().stream()
                        .map(bind -> new BindRequest.Result(bind.namespace(), bind.pod(), outcome, "")).toList();
                return new ApiResponse(200, "application/json", Map.of(),
                        Bytes.of(Json.bytes(Bindings.toTree(results))));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(stopped);
            }
        }

        @Override
        public WatchHandle watch(WatchRequest request, WatchSink sink) {
            throw new IllegalStateException("this loop is told of changes by the test");
        }
    }

    /** Everything or nothing. */
    private static final class Share implements Ownership {
        private volatile boolean owned = true;

        @Override
        public boolean owns(String key) {
            return owned;
        }

        @Override
        public void onChange(Runnable listener) {
            // The test tells the loop itself.
        }

        @Override
        public int sharePercent() {
            return owned ? 100 : 0;
        }
    }
}
