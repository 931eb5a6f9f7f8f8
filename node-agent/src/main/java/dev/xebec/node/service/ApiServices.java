package dev.xebec.node.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.kit.client.ApiResult;
import dev.xebec.kit.client.Resources;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.node.environment.NamespaceServices;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Services listed when a container starts, since what it is told about them is what there is at that time. */
final class ApiServices implements NamespaceServices {
    private final Resources resources;

    ApiServices(Resources resources) {
        this.resources = resources;
    }

    @Override
    public List<ApiObject> in(String namespace) {
        return switch (resources.list(GroupVersionResource.SERVICES, namespace, Map.of())) {
            case ApiResult.Ok ok -> {
                List<ApiObject> services = new ArrayList<>();
                for (JsonNode item : ok.object().tree().path("items")) {
                    services.add(ApiObject.of((ObjectNode) item));
                }
                yield services;
            }
            case ApiResult.Refused refused -> throw new UnavailableException(refused.status().message());
        };
    }
}
