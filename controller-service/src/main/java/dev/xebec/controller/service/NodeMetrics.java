package dev.xebec.controller.service;

import dev.xebec.controller.object.Conditions;
import dev.xebec.kit.informer.Cache;
import dev.xebec.kit.metrics.Metrics;
import dev.xebec.model.object.GroupVersionResource;

/** How many nodes there are and are well. Each replica counts all of them, whoever owns them. */
final class NodeMetrics {
    private final Cache cache;

    NodeMetrics(Cache cache) {
        this.cache = cache;
    }

    void register(Metrics metrics) {
        metrics.gauge("xebec_nodes", "Nodes by whether they are ready, as each controller-service sees all of them.",
                () -> count(true), "ready", "true");
        metrics.gauge("xebec_nodes", "Nodes by whether they are ready, as each controller-service sees all of them.",
                () -> count(false), "ready", "false");
    }

    private long count(boolean ready) {
        return cache.list(GroupVersionResource.NODES).stream()
                .filter(node -> Conditions.value(node.status(), "Ready").equals("True") == ready).count();
    }
}
