package dev.xebec.node.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.kit.client.ApiResult;
import dev.xebec.kit.client.Resources;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.node.volume.TokenSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Service account tokens by TokenRequest, bound to the pod; kept until four fifths of their life are over. A cluster that
 * gives none leaves the file out. At most {@link #MAX_KEPT} are kept.
 */
final class ApiTokens implements TokenSource {
    private static final Logger LOG = LoggerFactory.getLogger(ApiTokens.class);
    private static final int MAX_KEPT = 2_000;

    private final Resources resources;
    private final InstantSource clock;
    private final Map<Key, Kept> kept = new ConcurrentHashMap<>();

    private record Key(String podUid, String audience, long seconds) {}

    private record Kept(String token, Instant renewAt) {}

    ApiTokens(Resources resources, InstantSource clock) {
        this.resources = resources;
        this.clock = clock;
    }

    @Override
    public Optional<String> token(ApiObject pod, String audience, long expirationSeconds) {
        Key key = new Key(pod.uid(), audience, expirationSeconds);
        Kept known = kept.get(key);
        Instant now = clock.instant();
        if (known != null && now.isBefore(known.renewAt())) {
            return Optional.of(known.token());
        }
        kept.values().removeIf(each -> now.isAfter(each.renewAt()));
        return switch (resources.post(GroupVersionResource.SERVICE_ACCOUNTS, pod.namespace(),
                pod.spec().path("serviceAccountName").asText("default"), "token", request(pod, key))) {
            case ApiResult.Ok ok -> {
                String token = ok.object().status().path("token").asText("");
                if (kept.size() < MAX_KEPT && !token.isEmpty()) {
                    kept.put(key, new Kept(token, now.plus(Duration.ofSeconds(expirationSeconds * 4 / 5))));
                }
                yield token.isEmpty() ? Optional.empty() : Optional.of(token);
            }
            case ApiResult.Refused refused -> {
                LOG.debug("No token for pod {}: {}", pod.key(), refused.status().message());
                yield Optional.empty();
            }
        };
    }

    private static ObjectNode request(ApiObject pod, Key key) {
        ObjectNode request = Json.object().put("apiVersion", "authentication.k8s.io/v1").put("kind", "TokenRequest");
        ObjectNode spec = request.putObject("spec").put("expirationSeconds", key.seconds());
        var audiences = spec.putArray("audiences");
        if (!key.audience().isEmpty()) {
            audiences.add(key.audience());
        }
        spec.putObject("boundObjectRef").put("apiVersion", "v1").put("kind", "Pod").put("name", pod.name()).put("uid",
                pod.uid());
        return request;
    }
}
