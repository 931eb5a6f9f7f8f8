package dev.xebec.events.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.api.ApiClient;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.api.ApiResponse;
import dev.xebec.kit.client.ApiResult;
import dev.xebec.kit.client.Resources;
import dev.xebec.model.object.GroupVersionResource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kind EventTrigger in the cluster: applied, so that replicas may do so at once and again, unless a newer one of ours
 * is there.
 */
final class TriggerDefinition {
    /** Of the definition that this version brings; as its annotation says it. */
    static final int VERSION = 1;

    private static final Logger LOG = LoggerFactory.getLogger(TriggerDefinition.class);
    private static final String NAME = "eventtriggers.events.xebec.dev";
    private static final String ANNOTATION = "events.xebec.dev/definition";
    private static final ApiRequest.User NOBODY = new ApiRequest.User("", List.of());

    private final ApiClient client;
    private final Bytes definition = read();

    TriggerDefinition(ApiClient client) {
        this.client = client;
    }

    private static Bytes read() {
        try (InputStream file = TriggerDefinition.class.getResourceAsStream("eventtriggers.yaml")) {
            if (file == null) {
                throw new IllegalStateException("the definition of EventTrigger is not on the class path");
            }
            return Bytes.of(file.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    Bytes definition() {
        return definition;
    }

    /** Whether the kind is served; what is missing is applied. */
    boolean ensure() {
        try {
            return switch (new Resources(client).get(GroupVersionResource.CUSTOM_RESOURCE_DEFINITIONS, "", NAME)) {
                case ApiResult.Ok there -> version(there) >= VERSION ? served(there) : apply();
                case ApiResult.Refused absent -> apply();
            };
        } catch (UnavailableException unavailable) {
            LOG.debug("the kind EventTrigger is not applied yet: {}", unavailable.getMessage());
            return false;
        }
    }

    private static int version(ApiResult.Ok there) {
        try {
            return Integer.parseInt(there.object().annotations().getOrDefault(ANNOTATION, "0"));
        } catch (NumberFormatException tampered) {
            return 0;
        }
    }

    private static boolean served(ApiResult.Ok there) {
        for (JsonNode condition : there.object().status().path("conditions")) {
            if (condition.path("type").asText().equals("Established")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    private boolean apply() {
        ApiResponse answer = client.send(new ApiRequest("PATCH",
                GroupVersionResource.CUSTOM_RESOURCE_DEFINITIONS.path("", NAME),
                Map.of("fieldManager", "task-events", "force", "true"), "application/apply-patch+yaml", "", definition,
                NOBODY, ""));
        if (!answer.ok()) {
            LOG.warn("the kind EventTrigger cannot be applied: {}", answer.body().utf8());
        }
        return false;
    }
}
