package dev.xebec.controller.service;

import dev.xebec.contracts.api.ApiClient;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.api.ApiResponse;
import dev.xebec.contracts.api.WatchHandle;
import dev.xebec.contracts.api.WatchRequest;
import dev.xebec.contracts.api.WatchSink;
import dev.xebec.controller.replicaset.Refusals;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.OwnerReference;
import dev.xebec.model.status.Status;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Passes requests on and notes which owners' pods are refused, and why. Thread-safe. */
final class NotedRefusals implements ApiClient, Refusals {
    /** Owners that are remembered; of further ones nothing is noted. */
    private static final int MAX_OWNERS = 10_000;
    private static final int CONFLICT = 409;

    private final ApiClient client;
    private final ConcurrentHashMap<String, String> refusals = new ConcurrentHashMap<>();

    NotedRefusals(ApiClient client) {
        this.client = client;
    }

    @Override
    public Optional<String> lastRefusal(String ownerUid) {
        return Optional.ofNullable(refusals.get(ownerUid));
    }

    @Override
    public ApiResponse send(ApiRequest request) {
        ApiResponse response = client.send(request);
        boolean podCreated = request.method().equals("POST") && request.path().endsWith("/pods");
        if (podCreated && (!response.ok() || !refusals.isEmpty())) {
            note(request, response);
        }
        return response;
    }

    private void note(ApiRequest request, ApiResponse response) {
        Optional<String> owner = ApiObject.parse(request.body().array()).controllerOwner().map(OwnerReference::uid);
        if (owner.isEmpty()) {
            return;
        }
        if (response.ok()) {
            refusals.remove(owner.get());
        } else if (response.code() != CONFLICT && refusals.size() < MAX_OWNERS) {
            refusals.put(owner.get(), Status.parse(Json.parseObject(response.body().array())).message());
        }
    }

    @Override
    public WatchHandle watch(WatchRequest request, WatchSink sink) {
        return client.watch(request, sink);
    }
}
