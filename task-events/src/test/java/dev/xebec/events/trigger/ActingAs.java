package dev.xebec.events.trigger;

import dev.xebec.contracts.api.ApiClient;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.api.ApiResponse;
import dev.xebec.contracts.api.WatchHandle;
import dev.xebec.contracts.api.WatchRequest;
import dev.xebec.contracts.api.WatchSink;
import java.util.List;
import java.util.function.UnaryOperator;

/** A gateway's API as one user; what it answers can be interfered with. */
final class ActingAs implements ApiClient {
    private final ApiClient gateway;
    private final ApiRequest.User user;
    private final String agent;
    private final Interference interference;

    /** Stands between a service and the gateway. */
    interface Interference {
        ApiResponse send(ApiRequest request, UnaryOperator<ApiRequest> same, ApiClient gateway);
    }

    static final Interference NONE = (request, same, gateway) -> gateway.send(same.apply(request));

    ActingAs(ApiClient gateway, String user, String agent, Interference interference) {
        this.gateway = gateway;
        this.user = new ApiRequest.User(user, List.of("system:masters", "system:authenticated"));
        this.agent = agent;
        this.interference = interference;
    }

    @Override
    public ApiResponse send(ApiRequest request) {
        return interference.send(request, one -> new ApiRequest(one.method(), one.path(), one.query(),
                one.contentType(), one.accept(), one.body(), user, agent), gateway);
    }

    @Override
    public WatchHandle watch(WatchRequest request, WatchSink sink) {
        return gateway.watch(request, sink);
    }
}
