package dev.xebec.system.client;

import dev.xebec.simulator.history.ObjectId;
import dev.xebec.simulator.history.Scope;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Where the API has objects. */
final class ApiPath {
    private static final Map<String, String> GROUPS = Map.of("configmaps", "/api/v1", "pods", "/api/v1", "nodes",
            "/api/v1",
            "namespaces", "/api/v1", "deployments.apps", "/apis/apps/v1", "replicasets.apps", "/apis/apps/v1",
            "nodeallocations.cluster.xebec.dev", "/apis/cluster.xebec.dev/v1alpha1");

    /** What the clients look at, in the order in which owners come before what they own. */
    static final List<String> RESOURCES = List.of("configmaps", "deployments.apps", "replicasets.apps", "pods", "nodes",
            "nodeallocations.cluster.xebec.dev");

    private ApiPath() {}

    static String of(ObjectId id) {
        return collection(id.resource(), id.namespace()) + "/" + id.name();
    }

    static String collection(String resource, String namespace) {
        int dot = resource.indexOf('.');
        String plural = dot < 0 ? resource : resource.substring(0, dot);
        return GROUPS.get(resource) + (namespace.isEmpty() ? "" : "/namespaces/" + namespace) + "/" + plural;
    }

    /** A query for what the scope asks for, ready for further parameters. */
    static String query(Scope scope) {
        String selector = scope.labels().entrySet().stream().map(label -> label.getKey() + "%3D" + label.getValue())
                .collect(Collectors.joining("%2C"));
        return collection(scope.resource(), scope.namespace()) + "?labelSelector=" + selector;
    }
}
