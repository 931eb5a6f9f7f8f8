package dev.xebec.node.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.api.ApiClient;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.api.ApiResponse;
import dev.xebec.contracts.api.WatchEvent;
import dev.xebec.contracts.api.WatchHandle;
import dev.xebec.contracts.api.WatchRequest;
import dev.xebec.contracts.api.WatchSink;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The API of a cluster as far as a node needs it: objects by path, conditional writes, graceful deletion, watches. */
final class MemoryCluster implements ApiClient {
    private final TreeMap<String, ObjectNode> objects = new TreeMap<>();
    private final List<WatchEvent> log = new ArrayList<>();
    private final List<ApiRequest> requests = new ArrayList<>();
    private long revision = 1;
    private boolean down;
    private String broken = "none";
    private int faults;
    private String held = "none";
    private int holding;

    synchronized void down(boolean is) {
        down = is;
    }

    /** Requests for what begins with this path meet a fault; {@code none} for none. */
    synchronized void broken(String path) {
        broken = path;
    }

    synchronized int faults() {
        return faults;
    }

    /** Requests for this path wait until another is given; {@code none} for none. */
    synchronized void held(String path) {
        held = path;
        notifyAll();
    }

    synchronized int holding() {
        return holding;
    }

    private void hold(String path) {
        while (path.equals(held)) {
            holding++;
            try {
                wait();
            } catch (InterruptedException interrupted) {
                throw new UnavailableException("interrupted", interrupted);
            } finally {
                holding--;
            }
        }
    }

    synchronized List<ApiRequest> requests() {
        return List.copyOf(requests);
    }

    synchronized ApiObject find(String path) {
        ObjectNode found = objects.get(path);
        return found == null ? null : ApiObject.of(found.deepCopy());
    }

    synchronized List<ApiObject> under(String prefix) {
        return objects.tailMap(prefix, false).entrySet().stream().takeWhile(each -> each.getKey().startsWith(prefix))
                .map(each -> ApiObject.of(each.getValue().deepCopy())).toList();
    }

    /** Asks for an object's deletion as a user would; {@code graceSeconds} null for the object's own. */
    void delete(String path, Integer graceSeconds) {
        ObjectNode options = Json.object();
        if (graceSeconds != null) {
            options.put("gracePeriodSeconds", graceSeconds);
        }
        send(new ApiRequest("DELETE", path, Map.of(), "", "", Bytes.of(Json.bytes(options)), null, ""));
    }

    ApiObject create(String collection, ObjectNode object) {
        ApiResponse response = send(new ApiRequest("POST", collection, Map.of(), "", "", Bytes.of(Json.bytes(object)),
                null, ""));
        if (!response.ok()) {
            throw new IllegalStateException(response.body().utf8());
        }
        return ApiObject.parse(response.body().array());
    }

    @Override
    public synchronized ApiResponse send(ApiRequest request) {
        if (down) {
            throw new UnavailableException("the cluster is down");
        }
        if (request.path().startsWith(broken)) {
            faults++;
            throw new IllegalStateException("a fault");
        }
        hold(request.path());
        requests.add(request);
        JsonNode body = request.body().isEmpty() ? Json.object() : Json.parse(request.body().array());
        boolean status = request.path().endsWith("/status");
        String path = status ? request.path().substring(0, request.path().length() - 7) : request.path();
        if (request.method().equals("POST")) {
            String target = path + "/" + body.path("metadata").path("name").asText();
            return objects.containsKey(target)
                    ? refused(Status.badRequest("exists"))
                    : stored(target, (ObjectNode) body);
        }
        if (request.method().equals("GET") && path.matches("/api/v1/namespaces/[^/]+/[^/]+")) {
            ObjectNode list = Json.object().put("kind", "List");
            under(path + "/").forEach(each -> list.withArray("items").add(each.tree()));
            return answer(200, list);
        }
        ObjectNode before = objects.get(path);
        if (before == null) {
            return refused(new Status(404, "NotFound", path + " not found", "", "", "", "", List.of(), 0));
        }
        String guard = body.path("metadata").path("resourceVersion").asText("");
        if (!guard.isEmpty() && !guard.equals(before.path("metadata").path("resourceVersion").asText())) {
            return refused(new Status(409, "Conflict", "stale", "", "", "", "", List.of(), 0));
        }
        return switch (request.method()) {
            case "PUT" -> {
                ObjectNode after = before.deepCopy();
                after.set(status ? "status" : "spec", body.path(status ? "status" : "spec"));
                yield stored(path, after);
            }
            case "PATCH" -> {
                ObjectNode after = before.deepCopy();
                merge(after, body);
                yield stored(path, after);
            }
            case "DELETE" -> deleted(path, before, body);
            default -> answer(200, before);
        };
    }

    private ApiResponse deleted(String path, ObjectNode before, JsonNode options) {
        String uid = options.path("preconditions").path("uid").asText("");
        if (!uid.isEmpty() && !uid.equals(before.path("metadata").path("uid").asText())) {
            return refused(new Status(409, "Conflict", "uid", "", "", "", "", List.of(), 0));
        }
        long grace = options.path("gracePeriodSeconds")
                .asLong(before.path("spec").path("terminationGracePeriodSeconds").asLong(30));
        if (grace > 0) {
            ObjectNode after = before.deepCopy();
            after.withObject("/metadata").put("deletionGracePeriodSeconds", grace).put("deletionTimestamp",
                    Instant.now().plusSeconds(grace).toString());
            return stored(path, after);
        }
        objects.remove(path);
        ObjectNode last = before.deepCopy();
        last.withObject("/metadata").put("resourceVersion", Long.toString(++revision));
        record(WatchEvent.Type.DELETED, path, last);
        return answer(200, last);
    }

    private ApiResponse stored(String path, ObjectNode object) {
        boolean fresh = !objects.containsKey(path);
        ObjectNode metadata = object.withObject("/metadata");
        metadata.put("resourceVersion", Long.toString(++revision));
        if (fresh) {
            metadata.put("uid", UUID.randomUUID().toString());
        }
        objects.put(path, object);
        record(fresh ? WatchEvent.Type.ADDED : WatchEvent.Type.MODIFIED, path, object);
        return answer(fresh ? 201 : 200, object);
    }

    private void record(WatchEvent.Type type, String path, ObjectNode object) {
        if (path.contains("/pods/")) {
            log.add(new WatchEvent(type, dev.xebec.model.object.GroupVersionResource.PODS, revision,
                    Bytes.of(Json.bytes(object))));
        }
        notifyAll();
    }

    private static void merge(ObjectNode into, JsonNode patch) {
        patch.properties().forEach(each -> {
            if (each.getValue().isObject()) {
                merge(into.withObject("/" + each.getKey().replace("~", "~0").replace("/", "~1")), each.getValue());
            } else if (each.getValue().isNull()) {
                into.remove(each.getKey());
            } else {
                into.set(each.getKey(), each.getValue());
            }
        });
    }

    private static ApiResponse refused(Status status) {
        return answer(status.code(), status.toTree());
    }

    private static ApiResponse answer(int code, ObjectNode body) {
        return new ApiResponse(code, "application/json", new LinkedHashMap<>(), Bytes.of(Json.bytes(body)));
    }

    @Override
    public WatchHandle watch(WatchRequest request, WatchSink sink) {
        String node = request.fieldSelector().replace("spec.nodeName=", "");
        Thread thread = Thread.ofVirtual().start(() -> watch(request, node, sink));
        return thread::interrupt;
    }

    private void watch(WatchRequest request, String node, WatchSink sink) {
        try {
            long seen = request.fromRevision();
            if (seen == 0) {
                List<WatchEvent> present = new ArrayList<>();
                synchronized (this) {
                    seen = revision;
                    under("/api/v1/namespaces/").stream().filter(each -> each.kind().equals("Pod"))
                            .forEach(each -> present.add(new WatchEvent(WatchEvent.Type.ADDED,
                                    dev.xebec.model.object.GroupVersionResource.PODS, each.revision(),
                                    Bytes.of(each.toBytes()))));
                }
                present.removeIf(each -> !on(node, each));
                present.add(new WatchEvent(WatchEvent.Type.SYNCED,
                        dev.xebec.model.object.GroupVersionResource.PODS, seen, Bytes.EMPTY));
                sink.onEvents(present);
            }
            while (true) {
                List<WatchEvent> news;
                synchronized (this) {
                    while (revision <= seen) {
                        wait();
                    }
                    long after = seen;
                    news = log.stream().filter(each -> each.revision() > after).toList();
                    seen = revision;
                }
                for (WatchEvent each : news) {
                    if (on(node, each)) {
                        sink.onEvents(List.of(each));
                    }
                }
            }
        } catch (InterruptedException closed) {
            sink.onEnd(false, "closed");
        }
    }

    private static boolean on(String node, WatchEvent event) {
        return node.isEmpty() || ApiObject.parse(event.object().array()).spec().path("nodeName").asText().equals(node);
    }
}
