package dev.xebec.gateway.bus;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.ApiClient;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.api.ApiResponse;
import dev.xebec.contracts.api.BindRequest;
import dev.xebec.contracts.api.WatchHandle;
import dev.xebec.contracts.api.WatchRequest;
import dev.xebec.contracts.api.WatchSink;
import dev.xebec.gateway.binding.Binder;
import dev.xebec.gateway.cache.WatchCache;
import dev.xebec.gateway.conversion.Conversions;
import dev.xebec.gateway.http.RequestLog;
import dev.xebec.gateway.kinds.ServedKinds;
import dev.xebec.gateway.pipeline.Pipeline;
import dev.xebec.gateway.read.ObjectFilter;
import dev.xebec.gateway.read.ReadRevision;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.kit.client.Bindings;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The Kubernetes API in process: the same pipeline as over HTTPS, without sockets. Members of the cluster are trusted to
 * say who they are.
 */
public final class GatewayApi implements ApiClient {
    private final Pipeline pipeline;
    private final ServedKinds kinds;
    private final WatchCache cache;
    private final ReadRevision revisions;
    private final RequestLog log;
    private final Binder binder;
    private final Conversions conversions;

    public GatewayApi(Pipeline pipeline, ServedKinds kinds, WatchCache cache, ReadRevision revisions,
            RequestLog log, Binder binder, Conversions conversions) {
        this.conversions = conversions;
        this.binder = binder;
        this.pipeline = pipeline;
        this.kinds = kinds;
        this.cache = cache;
        this.revisions = revisions;
        this.log = log;
    }

    @Override
    public ApiResponse send(ApiRequest request) {
        if (request.path().equals(Bindings.PATH) && request.method().equals("POST")) {
            return bind(request);
        }
        long start = System.nanoTime();
        Call call = pipeline.call(request, UUID.randomUUID().toString(), "");
        ApiResponse response = response(pipeline.handle(call));
        log.answered(call, response.code(), System.nanoTime() - start);
        return response;
    }

    /** Beyond Kubernetes: many binds at once, on this door only. */
    private ApiResponse bind(ApiRequest request) {
        try {
            List<BindRequest.Result> results = binder
                    .bind(Bindings.request(Json.parseObject(request.body().array())).binds());
            return new ApiResponse(200, Answer.JSON, Map.of(), Bytes.of(Json.bytes(Bindings.toTree(results))));
        } catch (IllegalArgumentException malformed) {
            return refusal(Status.badRequest(String.valueOf(malformed.getMessage())));
        }
    }

    private static ApiResponse response(Answer answer) {
        return switch (answer) {
            case Answer.Body body -> new ApiResponse(body.code(), body.contentType(), body.headers(), body.whole());
            case Answer.Refused refused -> {
                ApiResponse plain = refusal(refused.status());
                Map<String, String> headers = new LinkedHashMap<>(plain.headers());
                if (!refused.warning().isEmpty()) {
                    headers.put("Warning", refused.warning());
                }
                yield new ApiResponse(plain.code(), plain.contentType(), headers, plain.body());
            }
            case Answer.Streamed streamed -> {
                streamed.source().dropped();
                yield refusal(Status.badRequest("the bus door watches by WatchRequest"));
            }
            case Answer.Relayed relayed -> {
                relayed.source().dropped();
                yield refusal(Status.badRequest("the bus door hands nothing on"));
            }
            case Answer.WebSocket socket -> refusal(Status.badRequest("the bus door has no WebSockets"));
            case Answer.Upgraded upgraded -> {
                upgraded.session().dropped();
                yield refusal(Status.badRequest("the bus door has no upgrades"));
            }
        };
    }

    private static ApiResponse refusal(Status status) {
        Map<String, String> headers = status.retryAfterSeconds() > 0
                ? Map.of("Retry-After", Integer.toString(status.retryAfterSeconds()))
                : Map.of();
        return new ApiResponse(status.code(), Answer.JSON, headers, Bytes.of(Json.bytes(status.toTree())));
    }

    /** Refuses by RejectedException where a resource is not served or a selector is malformed. */
    @Override
    public WatchHandle watch(WatchRequest request, WatchSink sink) {
        Map<GroupVersionResource, BusWatch.Wanted> wanted = new LinkedHashMap<>();
        boolean custom = false;
        for (GroupVersionResource resource : request.resources()) {
            if (resource.equals(GroupVersionResource.CUSTOM)) {
                custom = true;
                continue;
            }
            Kind kind = kinds.find(resource);
            if (kind == null || !kind.stored()) {
                throw new RejectedException(Status.noSuchPath());
            }
            String namespace = kind.namespaced() ? request.namespace() : "";
            wanted.put(resource, new BusWatch.Wanted(kind,
                    ObjectFilter.of(kind, namespace, "", request.labelSelector(), request.fieldSelector())));
        }
        if (wanted.isEmpty() && !custom) {
            throw new RejectedException(Status.badRequest("a watch of no resources"));
        }
        BusWatch watch = new BusWatch(cache, revisions, conversions, wanted, custom, request.fromRevision(), sink);
        watch.start();
        return watch;
    }
}
