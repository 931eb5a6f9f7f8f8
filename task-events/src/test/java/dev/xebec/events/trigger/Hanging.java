package dev.xebec.events.trigger;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.api.ApiClient;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.api.ApiResponse;
import dev.xebec.model.object.ApiObject;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/**
 * A replica that hangs between the creation of its first Jobs and all that comes after: what it asks is done, but it learns
 * nothing of it until it is woken.
 */
final class Hanging implements ActingAs.Interference {
    final CountDownLatch woken = new CountDownLatch(1);
    /** Names of Jobs. */
    final Set<String> created = ConcurrentHashMap.newKeySet();

    @Override
    public ApiResponse send(ApiRequest request, UnaryOperator<ApiRequest> same, ApiClient gateway) {
        ApiResponse answer = gateway.send(same.apply(request));
        if (request.method().equals("POST") && request.path().endsWith("/jobs") && request.query().isEmpty()) {
            if (answer.code() == 201) {
                created.add(ApiObject.parse(answer.body().array()).name());
            }
            try {
                woken.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new UnavailableException("interrupted");
            }
        }
        return answer;
    }
}
