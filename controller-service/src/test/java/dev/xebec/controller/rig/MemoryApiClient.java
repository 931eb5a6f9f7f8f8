package dev.xebec.controller.rig;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.ApiClient;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.api.ApiResponse;
import dev.xebec.contracts.api.WatchEvent;
import dev.xebec.contracts.api.WatchHandle;
import dev.xebec.contracts.api.WatchRequest;
import dev.xebec.contracts.api.WatchSink;
import dev.xebec.controller.rig.MemoryApi.Answer;
import dev.xebec.kit.informer.Informer.ObjectChange;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.model.object.ApiObject;
import dev.xebec.kit.informer.CustomResources;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.status.Status;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** The in-memory API behind the interface that services use: requests by path, and watches over many resources. */
public final class MemoryApiClient implements ApiClient {
    private final MemoryApi api;

    public MemoryApiClient(MemoryApi api) {
        this.api = api;
    }

    private record Target(GroupVersionResource resource, String namespace, String name, String subresource) {

        static Target of(String path) {
            var parts = new ArrayDeque<>(List.of(path.substring(1).split("/")));
            String group = parts.poll().equals("api") ? "" : parts.poll();
            String version = parts.poll();
            String plural = parts.poll();
            String namespace = "";
            boolean ofNamespace = parts.size() == 2
                    && (parts.peekLast().equals("finalize") || parts.peekLast().equals("status"));
            if (plural.equals("namespaces") && parts.size() > 1 && !ofNamespace) {
                namespace = parts.poll();
                plural = parts.poll();
            }
            String name = parts.isEmpty() ? "" : parts.poll();
            return new Target(new GroupVersionResource(group, version, plural), namespace, name,
                    parts.isEmpty() ? "" : parts.poll());
        }

        ObjectKey key() {
            return new ObjectKey(namespace, name);
        }
    }

    @Override
    public ApiResponse send(ApiRequest request) {
        synchronized (api) {
            Target target = Target.of(request.path());
            ObjectNode body = request.body().array().length == 0
                    ? Json.object()
                    : Json.parseObject(request.body().array());
            Answer answer = switch (request.method()) {
                case "POST" -> api.create(target.resource(), ApiObject.of(body));
                case "PUT" -> put(target, ApiObject.of(body));
                case "PATCH" -> api.perform(
                        new Action.MergePatch(target.resource(), target.key(), target.subresource(), body));
                case "DELETE" -> delete(target, body);
                case "GET" -> api.latest().get(target.resource(), target.key()) == null
                        ? Answer.NOT_FOUND
                        : Answer.DONE;
                default -> throw new IllegalArgumentException(request.method());
            };
            api.notifyAll();
            String name = target.name().isEmpty() ? ApiObject.of(body).name() : target.name();
            return respond(answer, target, name);
        }
    }

    private Answer put(Target target, ApiObject object) {
        if (target.subresource().equals("finalize")) {
            return api.finish(object);
        }
        return api.perform(target.subresource().equals("status")
                ? new Action.UpdateStatus(target.resource(), object)
                : new Action.Update(target.resource(), object));
    }

    private Answer delete(Target target, ObjectNode options) {
        if (target.name().isEmpty()) {
            api.latest().list(target.resource(), target.namespace()).forEach(object -> api.perform(
                    new Action.Delete(target.resource(), object.key(), object.uid(), 0, -1, "")));
            return Answer.DONE;
        }
        var preconditions = options.path("preconditions");
        return api.perform(new Action.Delete(target.resource(), target.key(), preconditions.path("uid").asText(""),
                preconditions.path("resourceVersion").asLong(0), options.path("gracePeriodSeconds").asInt(-1),
                options.path("propagationPolicy").asText("")));
    }

    private ApiResponse respond(Answer answer, Target target, String name) {
        return switch (answer) {
            case DONE -> {
                ApiObject stored = api.latest().get(target.resource(), new ObjectKey(target.namespace(), name));
                yield response(200, stored == null ? Json.object().put("kind", "Status") : stored.tree());
            }
            case ALREADY_EXISTS -> response(409, Status.alreadyExists(target.resource(), name).toTree());
            case CONFLICT -> response(409, Status.staleRevision(target.resource(), name).toTree());
            case NOT_FOUND -> response(404, Status.notFound(target.resource(), name).toTree());
        };
    }

    private static ApiResponse response(int code, ObjectNode body) {
        return new ApiResponse(code, "application/json", Map.of(), Bytes.of(Json.bytes(body)));
    }

    @Override
    public WatchHandle watch(WatchRequest request, WatchSink sink) {
        AtomicBoolean closed = new AtomicBoolean();
        Thread thread = Thread.ofVirtual().start(() -> serve(request, sink, closed));
        return () -> {
            closed.set(true);
            thread.interrupt();
        };
    }

    private void serve(WatchRequest request, WatchSink sink, AtomicBoolean closed) {
        try {
            long seen = request.fromRevision();
            if (seen == 0) {
                List<WatchEvent> first = new ArrayList<>();
                MemoryCache present;
                synchronized (api) {
                    present = api.latest();
                }
                seen = present.revision();
                List<GroupVersionResource> all = new ArrayList<>(request.resources());
                if (all.remove(GroupVersionResource.CUSTOM)) {
                    all.addAll(present.custom());
                }
                for (GroupVersionResource resource : all) {
                    present.list(resource).forEach(object -> first.add(new WatchEvent(WatchEvent.Type.ADDED, resource,
                            object.revision(), Bytes.of(object.toBytes()))));
                }
                first.add(new WatchEvent(WatchEvent.Type.SYNCED, GroupVersionResource.PODS, seen, Bytes.EMPTY));
                sink.onEvents(first);
            }
            while (!closed.get()) {
                ObjectChange change;
                synchronized (api) {
                    while (api.revision() <= seen) {
                        api.wait();
                    }
                    change = api.change(++seen);
                }
                sink.onEvents(List.of(CustomResources.among(request.resources(), change.resource())
                        ? event(change, seen)
                        : new WatchEvent(WatchEvent.Type.PROGRESS, change.resource(), seen, Bytes.EMPTY)));
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private static WatchEvent event(ObjectChange change, long revision) {
        if (change.after() == null) {
            ObjectNode last = change.before().copy();
            ((ObjectNode) last.get("metadata")).put("resourceVersion", Long.toString(revision));
            return new WatchEvent(WatchEvent.Type.DELETED, change.resource(), revision, Bytes.of(Json.bytes(last)));
        }
        return new WatchEvent(change.before() == null ? WatchEvent.Type.ADDED : WatchEvent.Type.MODIFIED,
                change.resource(), revision, Bytes.of(change.after().toBytes()));
    }
}
