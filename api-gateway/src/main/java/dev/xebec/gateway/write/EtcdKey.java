package dev.xebec.gateway.write;

import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.ObjectKey;
import java.util.Map;
import java.util.Set;

/**
 * Where kube-apiserver keeps an object in etcd: some of its messages say so. Source: Kubernetes
 * {@code pkg/kubeapiserver/default_storage_factory_builder.go}.
 */
final class EtcdKey {
    private static final Map<String, String> SPECIAL = Map.of("/replicationcontrollers", "controllers", "/endpoints",
            "services/endpoints", "/nodes", "minions", "/services", "services/specs",
            "networking.k8s.io/ingresses", "ingress", "networking.k8s.io/ingressclasses", "ingressclasses");

    private static final Set<String> OWN_FOLDER = Set.of("apiextensions.k8s.io", "apiregistration.k8s.io");

    private EtcdKey() {}

    static String of(Kind kind, ObjectKey key) {
        String resource = SPECIAL.getOrDefault(kind.name().group() + "/" + kind.plural(), kind.plural());
        String group = kind.custom() != null || OWN_FOLDER.contains(kind.name().group())
                ? kind.name().group() + "/"
                : "";
        String namespace = kind.namespaced() ? key.namespace() + "/" : "";
        return "/" + group + resource + "/" + namespace + key.name();
    }
}
