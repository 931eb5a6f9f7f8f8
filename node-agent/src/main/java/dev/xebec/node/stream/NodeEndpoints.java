package dev.xebec.node.stream;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.node.NodeStreamRequest;
import dev.xebec.kit.bus.BusStream;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import dev.xebec.node.registration.Machine;
import dev.xebec.node.runtime.ContainerRuntime;
import dev.xebec.node.runtime.ContainerState;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * What an agent tells of itself where a kubelet would be asked by HTTP. What it does not know it does not make up: fields of
 * {@code /stats/summary} are those that are measured.
 */
public final class NodeEndpoints {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String JSON = "application/json";
    private static final int PIECE_BYTES = 128 * 1024;
    private static final String SERVED = "/healthz, /metrics, /pods, /runningpods/, /stats/summary, /containerLogs/…";

    private final String node;
    private final Supplier<Collection<ApiObject>> pods;
    private final Supplier<String> metrics;
    private final ContainerRuntime runtime;
    private final InstantSource clock;

    /** @param pods of this node, as the API has them */
    public NodeEndpoints(String node, Supplier<Collection<ApiObject>> pods, Supplier<String> metrics,
            ContainerRuntime runtime, InstantSource clock) {
        this.node = node;
        this.pods = pods;
        this.metrics = metrics;
        this.runtime = runtime;
        this.clock = clock;
    }

    /** @param question path and query */
    Bytes serve(List<String> question, BusStream stream) {
        String path = question.isEmpty() ? "" : question.get(0);
        switch (path.endsWith("/") && path.length() > 1 ? path.substring(0, path.length() - 1) : path) {
            case "/healthz", "/healthz/ping", "/healthz/syncloop" -> answer(stream, TEXT, Bytes.utf8("ok"));
            case "/metrics" -> answer(stream, "text/plain; version=0.0.4; charset=utf-8", Bytes.utf8(metrics.get()));
            case "/pods" -> answer(stream, JSON, Bytes.of(Json.bytes(podList(pods.get().stream()
                    .map(ApiObject::copy).toList()))));
            case "/runningpods" -> answer(stream, JSON, Bytes.of(Json.bytes(podList(running()))));
            case "/stats/summary" -> answer(stream, JSON, Bytes.of(Json.bytes(summary())));
            default -> throw new RejectedException(new Status(404, "NotFound", "node \"" + node
                    + "\" does not serve \"" + path + "\"; it serves " + SERVED, "", "", "", "", List.of(), 0));
        }
        return Frames.success();
    }

    private static void answer(BusStream stream, String type, Bytes body) {
        stream.send(Frames.head(200, type));
        for (int at = 0; at < body.size(); at += PIECE_BYTES) {
            int length = Math.min(PIECE_BYTES, body.size() - at);
            byte[] piece = new byte[length];
            System.arraycopy(body.array(), at, piece, 0, length);
            stream.send(Frames.of(NodeStreamRequest.STDOUT, piece, length));
        }
    }

    private static ObjectNode podList(List<ObjectNode> items) {
        ObjectNode list = Json.object().put("kind", "PodList").put("apiVersion", "v1");
        list.putObject("metadata");
        ArrayNode array = list.putArray("items");
        items.forEach(array::add);
        return list;
    }

    /** What the runtime has, whatever the API says. */
    private List<ObjectNode> running() {
        return runtime.pods().stream().map(pod -> {
            ObjectNode one = Json.object();
            one.putObject("metadata").put("name", pod.name()).put("namespace", pod.namespace()).put("uid", pod.uid());
            ArrayNode containers = one.putObject("spec").putArray("containers");
            runtime.containers(pod.uid()).stream().filter(ContainerState::running).forEach(
                    each -> containers.addObject().put("name", each.id().container()).put("image", each.image()));
            return one;
        }).filter(one -> !one.path("spec").path("containers").isEmpty()).toList();
    }

    private ObjectNode summary() {
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        ObjectNode summary = Json.object();
        ObjectNode self = summary.putObject("node").put("nodeName", node);
        long available = Machine.availableMemoryBytes();
        self.putObject("memory").put("time", now).put("availableBytes", available).put("usageBytes",
                Machine.memoryBytes() - available);
        ArrayNode list = summary.putArray("pods");
        runtime.pods().forEach(pod -> {
            ObjectNode one = list.addObject();
            one.putObject("podRef").put("name", pod.name()).put("namespace", pod.namespace()).put("uid", pod.uid());
            ArrayNode containers = one.putArray("containers");
            runtime.containers(pod.uid()).stream().filter(ContainerState::running)
                    .forEach(each -> containers.addObject().put("name", each.id().container()).put("startTime",
                            each.startedAt().truncatedTo(ChronoUnit.SECONDS).toString()));
        });
        return summary;
    }
}
