package dev.xebec.kit.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.api.ApiResponse;
import dev.xebec.contracts.api.WatchEvent;
import dev.xebec.contracts.api.WatchRequest;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/**
 * A small API server in memory: one revision for all resources, conditional writes, merge patches, a log that can be
 * compacted. {@link MemoryGateway}s serve it.
 */
public final class MemoryApi {
    private final TreeMap<Place, ObjectNode> objects = new TreeMap<>();
    private final List<WatchEvent> log = new ArrayList<>();
    private final List<ApiRequest> requests = new ArrayList<>();
    private Function<ApiRequest, Status> refusals = request -> null;
    private long revision = 1;
    private long compacted;

    record Place(GroupVersionResource resource, ObjectKey key) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byResource = resource.toString().compareTo(other.resource.toString());
            return byResource != 0 ? byResource : key.compareTo(other.key);
        }
    }

    private record Target(GroupVersionResource resource, ObjectKey key, String subresource) {
        Place place() {
            return new Place(resource, key);
        }
    }

    public MemoryGateway gateway() {
        return new MemoryGateway(this);
    }

    /** Refuses what {@code refusal} has a Status for. */
    public synchronized void refuse(Function<ApiRequest, Status> refusal) {
        refusals = refusal;
    }

    public synchronized long revision() {
        return revision;
    }

    public synchronized List<ApiRequest> requests() {
        return List.copyOf(requests);
    }

    public synchronized List<ApiRequest> requests(String method) {
        return requests.stream().filter(request -> request.method().equals(method)).toList();
    }

    public synchronized ApiObject get(GroupVersionResource resource, String namespace, String name) {
        ObjectNode found = objects.get(new Place(resource, new ObjectKey(namespace, name)));
        return found == null ? null : ApiObject.of(found);
    }

    public synchronized List<ApiObject> list(GroupVersionResource resource) {
        return objects.entrySet().stream().filter(entry -> entry.getKey().resource().equals(resource))
                .map(entry -> ApiObject.of(entry.getValue())).toList();
    }

    /** Puts objects of one resource in one transaction, at one revision. */
    public synchronized long put(GroupVersionResource resource, ObjectNode... trees) {
        revision++;
        for (ObjectNode tree : trees) {
            store(new Place(resource, ApiObject.of(tree).key()), tree);
        }
        notifyAll();
        return revision;
    }

    public synchronized void delete(GroupVersionResource resource, String namespace, String name) {
        revision++;
        remove(new Place(resource, new ObjectKey(namespace, name)));
        notifyAll();
    }

    /** Forgets the log so far: watches from before have expired. */
    public synchronized void compact() {
        compacted = revision;
        log.clear();
    }

    /** Waits a moment for something after {@code after}; null when that is compacted. */
    synchronized List<WatchEvent> changesAfter(long after) throws InterruptedException {
        if (after < compacted) {
            return null;
        }
        if (revision <= after) {
            wait(100);
        }
        if (after < compacted) {
            return null;
        }
        return log.stream().filter(event -> event.revision() > after).toList();
    }

    synchronized List<WatchEvent> present(WatchRequest request) {
        List<WatchEvent> events = new ArrayList<>();
        for (GroupVersionResource resource : request.resources()) {
            list(resource).forEach(object -> events.add(new WatchEvent(WatchEvent.Type.ADDED, resource,
                    object.revision(), Bytes.of(object.toBytes()))));
        }
        events.add(new WatchEvent(WatchEvent.Type.SYNCED, request.resources().get(0), revision, Bytes.EMPTY));
        return events;
    }

    synchronized ApiResponse send(ApiRequest request) {
        requests.add(request);
        try {
            Status refusal = refusals.apply(request);
            if (refusal != null) {
                throw new RejectedException(refusal);
            }
            ObjectNode answer = answer(request);
            return new ApiResponse(request.method().equals("POST") ? 201 : 200, "application/json", Map.of(),
                    Bytes.of(Json.bytes(answer)));
        } catch (RejectedException rejected) {
            return new ApiResponse(rejected.status().code(), "application/json", Map.of(),
                    Bytes.of(Json.bytes(rejected.status().toTree())));
        }
    }

    private ObjectNode answer(ApiRequest request) {
        Target target = target(request.path(), request.method().equals("POST"));
        JsonNode body = request.body().isEmpty() ? Json.object() : Json.parse(request.body().array());
        return switch (request.method()) {
            case "GET" -> existing(target);
            case "POST" -> create(target, (ObjectNode) body);
            case "PUT" -> replace(target, (ObjectNode) body);
            case "PATCH" -> patch(target, (ObjectNode) body);
            case "DELETE" -> deleted(target, body);
            default -> throw new RejectedException(Status.badRequest(request.method()));
        };
    }

    private ObjectNode existing(Target target) {
        ObjectNode found = objects.get(target.place());
        if (found == null) {
            throw new RejectedException(Status.notFound(target.resource(), target.key().name()));
        }
        return found;
    }

    private ObjectNode create(Target target, ObjectNode body) {
        Place place = new Place(target.resource(), new ObjectKey(target.key().namespace(), ApiObject.of(body).name()));
        if (objects.containsKey(place)) {
            throw new RejectedException(Status.alreadyExists(target.resource(), place.key().name()));
        }
        put(target.resource(), body);
        return objects.get(place);
    }

    private ObjectNode replace(Target target, ObjectNode body) {
        ObjectNode before = existing(target);
        guard(target, before, body);
        ObjectNode after = body;
        if (target.subresource().equals("status")) {
            after = before.deepCopy();
            after.set("status", body.path("status"));
        }
        put(target.resource(), after);
        return objects.get(target.place());
    }

    private ObjectNode patch(Target target, ObjectNode body) {
        ObjectNode before = existing(target);
        guard(target, before, body);
        ObjectNode after = before.deepCopy();
        merge(after, body);
        put(target.resource(), after);
        return objects.get(target.place());
    }

    private ObjectNode deleted(Target target, JsonNode options) {
        ObjectNode before = existing(target);
        String uid = options.path("preconditions").path("uid").asText("");
        if (!uid.isEmpty() && !uid.equals(ApiObject.of(before).uid())) {
            throw new RejectedException(Status.conflict(target.resource(), target.key().name(), "uid"));
        }
        delete(target.resource(), target.key().namespace(), target.key().name());
        return before;
    }

    private static void guard(Target target, ObjectNode before, ObjectNode body) {
        String asked = body.path("metadata").path("resourceVersion").asText("");
        if (!asked.isEmpty() && !asked.equals(before.path("metadata").path("resourceVersion").asText())) {
            throw new RejectedException(Status.staleRevision(target.resource(), target.key().name()));
        }
    }

    private static void merge(ObjectNode into, ObjectNode patch) {
        patch.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                into.remove(field.getKey());
            } else if (field.getValue() instanceof ObjectNode inner && into.get(field.getKey()) instanceof ObjectNode) {
                merge((ObjectNode) into.get(field.getKey()), inner);
            } else {
                into.set(field.getKey(), field.getValue());
            }
        });
    }

    private void store(Place place, ObjectNode tree) {
        ObjectNode stored = tree.deepCopy();
        ObjectNode metadata = stored.withObject("metadata");
        ObjectNode before = objects.get(place);
        if (!metadata.has("uid")) {
            String name = place + "@" + revision;
            metadata.put("uid", before == null
                    ? UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString()
                    : ApiObject.of(before).uid());
        }
        metadata.put("resourceVersion", Long.toString(revision));
        objects.put(place, stored);
        log.add(new WatchEvent(before == null ? WatchEvent.Type.ADDED : WatchEvent.Type.MODIFIED, place.resource(),
                revision, Bytes.of(Json.bytes(stored))));
    }

    private void remove(Place place) {
        ObjectNode last = objects.remove(place).deepCopy();
        last.withObject("metadata").put("resourceVersion", Long.toString(revision));
        log.add(new WatchEvent(WatchEvent.Type.DELETED, place.resource(), revision, Bytes.of(Json.bytes(last))));
    }

    private static Target target(String path, boolean collection) {
        List<String> parts = new ArrayList<>(List.of(path.substring(1).split("/")));
        boolean core = parts.remove(0).equals("api");
        String group = core ? "" : parts.remove(0);
        String version = parts.remove(0);
        String namespace = "";
        if (parts.size() > 2 && parts.get(0).equals("namespaces")) {
            parts.remove(0);
            namespace = parts.remove(0);
        }
        GroupVersionResource resource = new GroupVersionResource(group, version, parts.get(0));
        String name = collection || parts.size() < 2 ? "" : parts.get(1);
        return new Target(resource, new ObjectKey(namespace, name), parts.size() > 2 ? parts.get(2) : "");
    }
}
