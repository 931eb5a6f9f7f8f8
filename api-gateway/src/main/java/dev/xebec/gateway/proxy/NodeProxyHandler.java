package dev.xebec.gateway.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.node.NodeStreamRequest;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.node.Frames;
import dev.xebec.gateway.node.Nodes;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Handler;
import dev.xebec.gateway.request.RequestInfo;
import dev.xebec.gateway.request.Verb;
import dev.xebec.kit.bus.BusStream;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code nodes/{name}/proxy}: asks the node's agent over the bus. No address is dialled, whatever a node's status says, so
 * nothing but an agent can be reached (CVE-2022-3294); other ports of a machine are not served.
 */
final class NodeProxyHandler implements Handler {
    private static final GroupVersionResource NODES = new GroupVersionResource("", "v1", "nodes");
    private static final int KUBELET_PORT = 10_250;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String LOGS = "/containerLogs/";

    private final ObjectRegistry registry;
    private final Nodes nodes;
    private final Handler logs;

    /** @param logs answers for {@code pods/log} */
    NodeProxyHandler(ObjectRegistry registry, Nodes nodes, Handler logs) {
        this.registry = registry;
        this.nodes = nodes;
        this.logs = logs;
    }

    @Override
    public boolean longRunning() {
        return true;
    }

    @Override
    public Answer handle(Call call) {
        ProxyName wanted = ProxyName.of(call.info().name(), "node");
        CachedObject node = registry.newest().get("/nodes", "", wanted.name());
        if (node == null) {
            throw new RejectedException(Status.notFound(NODES, wanted.name()));
        }
        JsonNode endpoint = node.parse().status().path("daemonEndpoints").path("kubeletEndpoint").path("Port");
        int listens = endpoint.asInt() == 0 ? KUBELET_PORT : endpoint.asInt();
        String port = wanted.port();
        if (!port.isEmpty() && !port.equals(Integer.toString(listens))) {
            throw new RejectedException(Status.badRequest("address not allowed"));
        }
        if (call.info().verb() != Verb.GET) {
            throw new RejectedException(Status.methodNotAllowed(call.info().verb().word(), NODES));
        }
        String path = Forwarded.path(call);
        if (path.startsWith(LOGS)) {
            return containerLog(call, wanted.name(), List.of(path.substring(LOGS.length()).split("/")));
        }
        return ask(wanted.name(), path.isEmpty() ? "/" : path, Forwarded.query(call));
    }

    /** As the pod's log, as long as it runs here. */
    private Answer containerLog(Call call, String node, List<String> words) {
        CachedObject pod = words.size() == 3 ? registry.newest().get("/pods", words.get(0), words.get(1)) : null;
        if (pod == null || !pod.parse().spec().path("nodeName").asText("").equals(node)) {
            throw new RejectedException(new Status(404, "NotFound", "there is no such container on node \"" + node
                    + "\"", "", "", "", "", List.of(), 0));
        }
        RequestInfo info = call.info();
        Map<String, String> query = new HashMap<>(call.request().query());
        query.put("container", words.get(2));
        ApiRequest given = call.request();
        ApiRequest asked = new ApiRequest(given.method(), given.path(), query, given.contentType(), given.accept(),
                given.body(), given.user(), given.userAgent());
        return logs.handle(new Call(asked, new RequestInfo(Verb.GET, info.path(),
                GroupVersionResource.PODS, info.kind(), words.get(0), words.get(1), "log", ""), call.auditId(), "",
                call.wire()));
    }

    private Answer ask(String node, String path, String query) {
        nodes.enter();
        BusStream stream = null;
        boolean handed = false;
        try {
            stream = nodes.open(node, NodeStreamRequest.node(path, query));
            Bytes first = stream.receive(PATIENCE);
            Status refusal = first == null ? null : Frames.refusal(first);
            if (refusal != null) {
                throw new RejectedException(refusal);
            }
            if (first == null || Frames.channel(first) != NodeStreamRequest.HEAD) {
                throw ProxyTarget.unavailable("error trying to reach service: EOF");
            }
            ObjectNode head = Json.parseObject(Frames.content(first).array());
            Answer answer = answer(head, stream);
            handed = true;
            return answer;
        } catch (UnavailableException broken) {
            throw ProxyTarget.unavailable("error trying to reach service: " + broken.getMessage());
        } finally {
            if (!handed) {
                nodes.leave();
                if (stream != null) {
                    stream.close();
                }
            }
        }
    }

    private Answer answer(ObjectNode head, BusStream stream) {
        return new Answer.Relayed(head.path("code").asInt(200),
                List.of(Map.entry("Content-Type", head.path("contentType").asText("text/plain"))),
                out -> {
                    try {
                        Bytes frame = stream.receive(Duration.ZERO);
                        while (frame != null && Frames.channel(frame) == NodeStreamRequest.STDOUT
                                && out.write(Frames.content(frame))) {
                            frame = stream.receive(Duration.ZERO);
                        }
                        out.end();
                    } catch (UnavailableException broken) {
                        out.abort();
                    } finally {
                        stream.close();
                        nodes.leave();
                    }
                });
    }
}
