package dev.xebec.simulator.world;

import dev.xebec.contracts.UnavailableException;
import dev.xebec.kit.client.ApiResult;
import dev.xebec.kit.client.Resources;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.simulator.check.Violation;

/**
 * A ConfigMap whose number users raise by compare-and-set. Since every raise adds one, what a read may find is known:
 * at least the raises acknowledged before it began, at most those begun before it ended.
 */
final class Counter {
    private final String namespace;
    private final String name;
    private final Manifests manifests;
    private int begun;
    private int acknowledged;

    Counter(String namespace, String name, Manifests manifests) {
        this.namespace = namespace;
        this.name = name;
        this.manifests = manifests;
    }

    void raise(Resources resources) {
        int before = acknowledged;
        switch (resources.get(GroupVersionResource.CONFIG_MAPS, namespace, name)) {
            case ApiResult.Ok found -> {
                int value = checked(found.object(), before);
                ApiObject raised = manifests.configMap(namespace, name, value + 1);
                var tree = raised.copy();
                tree.withObject("/metadata").put("resourceVersion", Long.toString(found.object().revision()));
                begun++;
                settle(resources.update(GroupVersionResource.CONFIG_MAPS, ApiObject.of(tree)));
            }
            case ApiResult.Refused refused -> {
                if (refused.status().code() != 404) {
                    throw new UnavailableException(refused.status().message());
                }
                if (before > 0) {
                    throw new Violation("linearizable-reads", 0, "counter " + name + " with " + before
                            + " acknowledged raises", "no such object");
                }
                begun++;
                settle(resources.create(GroupVersionResource.CONFIG_MAPS, manifests.configMap(namespace, name, 1)));
            }
        }
    }

    /** A conflict may be with this raise itself, where the client asked again after an answer got lost. */
    private void settle(ApiResult result) {
        if (result instanceof ApiResult.Ok) {
            acknowledged++;
        }
    }

    /** Reads once more when all is quiet. */
    void check(Resources resources) {
        int before = acknowledged;
        if (resources.get(GroupVersionResource.CONFIG_MAPS, namespace, name) instanceof ApiResult.Ok ok) {
            checked(ok.object(), before);
        } else if (before > 0) {
            throw new Violation("acknowledged-writes", 0, "counter " + name + " with " + before
                    + " acknowledged raises", "no such object");
        }
    }

    private int checked(ApiObject object, int atLeast) {
        int value = Integer.parseInt(object.tree().path("data").path("value").asText("0"));
        if (value < atLeast || value > begun) {
            throw new Violation("linearizable-reads", 0, "counter " + name + " from " + atLeast
                    + " (acknowledged before the read) to " + begun + " (begun)",
                    "" + value + " at revision "
                            + object.revision());
        }
        return value;
    }
}
