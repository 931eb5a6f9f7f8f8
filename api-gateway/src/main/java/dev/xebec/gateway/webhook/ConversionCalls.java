package dev.xebec.gateway.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.conversion.WebhookConverter;
import dev.xebec.gateway.webhook.WebhookTransport.Answer;
import dev.xebec.gateway.webhook.WebhookTransport.UnreachableException;
import java.time.Duration;
import java.util.function.Supplier;

/** Carries questions to conversion webhooks, by the same way as those to admission webhooks. */
public final class ConversionCalls implements WebhookConverter.Transport {
    private static final int MIN_SUCCESS = 200;
    private static final int MAX_SUCCESS = 206;

    private final WebhookTransport transport;
    private final Supplier<StoreImage> images;

    /** @param images in which Services and their endpoints are found */
    public ConversionCalls(WebhookTransport transport, Supplier<StoreImage> images) {
        this.transport = transport;
        this.images = images;
    }

    @Override
    public Bytes post(JsonNode clientConfig, Bytes body, Duration patience) throws WebhookConverter.FailedException {
        Endpoint endpoint = Endpoint.of(clientConfig);
        long seconds = patience.toSeconds();
        try {
            Answer answer = transport.post(ServiceBackends.find(endpoint, images.get(), seconds), body, patience);
            if (answer.code() < MIN_SUCCESS || answer.code() > MAX_SUCCESS) {
                throw new WebhookConverter.FailedException(WebhookCaller.why(answer));
            }
            return answer.body();
        } catch (UnreachableException unreachable) {
            throw new WebhookConverter.FailedException(
                    "Post \"" + endpoint.url(seconds) + "\": " + unreachable.getMessage());
        }
    }
}
