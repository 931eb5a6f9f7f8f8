package dev.xebec.gateway.webhook;

import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.cache.StoreImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The webhooks of one type as an image has them, read anew when the image's configurations are others than those that were
 * read last. Where there are none, that costs a look into a map. Thread-safe: the readings are immutable and swapped whole.
 */
final class Configurations {
    private static final Logger LOG = LoggerFactory.getLogger(Configurations.class);
    static final String GROUP = "admissionregistration.k8s.io";

    private final String resource;
    private volatile Reading last = new Reading(StoreImage.EMPTY.all(""), List.of());

    /** @param plural such as {@code mutatingwebhookconfigurations} */
    Configurations(String plural) {
        this.resource = GROUP + "/" + plural;
    }

    /** @param configurations the image's map, which is another instance wherever it differs */
    private record Reading(Map<String, CachedObject> configurations, List<Webhook> webhooks) {}

    /** In the order of the configurations' names, and within one in its own. Source: apiserver {@code configuration/*}. */
    List<Webhook> in(StoreImage image) {
        Map<String, CachedObject> configurations = image.all(resource);
        if (configurations.isEmpty()) {
            return List.of();
        }
        Reading reading = last;
        if (reading.configurations() != configurations) {
            reading = new Reading(configurations, read(configurations));
            last = reading;
        }
        return reading.webhooks();
    }

    private static List<Webhook> read(Map<String, CachedObject> configurations) {
        List<Webhook> webhooks = new ArrayList<>();
        for (CachedObject configuration : configurations.values()) {
            try {
                webhooks.addAll(Webhook.of(configuration.parse().tree()));
            } catch (IllegalArgumentException malformed) {
                // Validation lets none of these in; one that got past an older version must not stop all writes.
                LOG.error("webhook configuration {} cannot be read and is left out", configuration, malformed);
            }
        }
        return List.copyOf(webhooks);
    }
}
