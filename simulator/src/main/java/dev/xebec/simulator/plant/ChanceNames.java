package dev.xebec.simulator.plant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.ApiClient;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.api.ApiResponse;
import dev.xebec.contracts.api.WatchHandle;
import dev.xebec.contracts.api.WatchRequest;
import dev.xebec.contracts.api.WatchSink;
import dev.xebec.model.object.Json;
import java.util.random.RandomGenerator;

/** A client that names the pods it creates by chance, as Kubernetes' own controllers do. */
public final class ChanceNames implements ApiClient {
    private final ApiClient client;
    private final RandomGenerator chance;

    public ChanceNames(ApiClient client, RandomGenerator chance) {
        this.client = client;
        this.chance = chance;
    }

    @Override
    public ApiResponse send(ApiRequest request) {
        if (!request.method().equals("POST") || !request.path().endsWith("/pods")) {
            return client.send(request);
        }
        ObjectNode pod = Json.parseObject(request.body().array());
        String name = pod.path("metadata").path("name").asText();
        String prefix = name.substring(0, name.lastIndexOf('-') + 1);
        pod.withObject("/metadata").put("name", prefix + Integer.toString(chance.nextInt(36 * 36 * 36), 36));
        return client.send(new ApiRequest(request.method(), request.path(), request.query(), request.contentType(),
                request.accept(), Bytes.of(Json.bytes(pod)), request.user(), request.userAgent()));
    }

    @Override
    public WatchHandle watch(WatchRequest request, WatchSink sink) {
        return client.watch(request, sink);
    }
}
