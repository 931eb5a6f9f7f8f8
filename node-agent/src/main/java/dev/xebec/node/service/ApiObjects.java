package dev.xebec.node.service;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.kit.client.ApiResult;
import dev.xebec.kit.client.Resources;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.node.environment.ReferencedObjects;
import java.util.Optional;

/** ConfigMaps and Secrets read from the API when they are needed: a node sees no more of them than its pods name. */
final class ApiObjects implements ReferencedObjects {
    private final Resources resources;

    ApiObjects(Resources resources) {
        this.resources = resources;
    }

    @Override
    public Optional<ApiObject> find(GroupVersionResource resource, String namespace, String name) {
        return switch (resources.get(resource, namespace, name)) {
            case ApiResult.Ok ok -> Optional.of(ok.object());
            case ApiResult.Refused refused -> {
                if (refused.status().code() == 404) {
                    yield Optional.empty();
                }
                throw new UnavailableException(refused.status().message());
            }
        };
    }
}
