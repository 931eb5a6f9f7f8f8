package dev.xebec.controller.namespace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Conditions;
import dev.xebec.controller.object.Kinds;
import dev.xebec.controller.object.Trees;
import dev.xebec.controller.object.Writes;
import dev.xebec.kit.informer.Cache;
import dev.xebec.kit.informer.Informer.ObjectChange;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.kit.reconcile.Plan;
import dev.xebec.kit.reconcile.Reconciler;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes the namespaces that every cluster has, gives each namespace its ServiceAccount and the cluster's CA, and
 * empties a namespace that is being deleted. Taking away the {@code kubernetes} finalizer is the shell's: it first
 * asks the API whether really nothing is left.
 */
public final class NamespaceReconciler implements Reconciler {
    /** Namespaces that are made again when they are missing. */
    public static final List<String> SYSTEM = List.of("default", "kube-system", "kube-public", "kube-node-lease");
    private static final String CA_NAME = "kube-root-ca.crt";
    private static final GroupVersionResource NAMESPACES = GroupVersionResource.NAMESPACES;
    private static final GroupVersionResource ACCOUNTS = GroupVersionResource.SERVICE_ACCOUNTS;
    private static final GroupVersionResource CONFIG_MAPS = GroupVersionResource.CONFIG_MAPS;

    private final List<GroupVersionResource> namespaced;
    private final String clusterCaPem;

    /** @param namespaced every resource that can be in a namespace and that the cache holds */
    public NamespaceReconciler(List<GroupVersionResource> namespaced, String clusterCaPem) {
        this.namespaced = List.copyOf(namespaced);
        this.clusterCaPem = clusterCaPem;
    }

    @Override
    public String name() {
        return "namespace";
    }

    @Override
    public Set<GroupVersionResource> reads() {
        Set<GroupVersionResource> reads = new LinkedHashSet<>(namespaced);
        reads.add(NAMESPACES);
        reads.add(GroupVersionResource.CUSTOM);
        reads.add(ACCOUNTS);
        reads.add(CONFIG_MAPS);
        return reads;
    }

    @Override
    public Collection<ObjectKey> allKeys(Cache cache) {
        Set<ObjectKey> keys = new LinkedHashSet<>();
        SYSTEM.forEach(name -> keys.add(new ObjectKey("", name)));
        cache.list(NAMESPACES).forEach(namespace -> keys.add(namespace.key()));
        return keys;
    }

    @Override
    public Collection<ObjectKey> keysFor(ObjectChange change, Cache cache) {
        ApiObject object = change.any();
        if (change.resource().equals(NAMESPACES)) {
            return List.of(object.key());
        }
        if (object.namespace().isEmpty()) {
            return List.of();
        }
        ObjectKey key = new ObjectKey("", object.namespace());
        ApiObject namespace = cache.get(NAMESPACES, key);
        boolean ending = namespace != null && namespace.deleting();
        boolean ofEvery = change.resource().equals(ACCOUNTS) && object.name().equals("default")
                || change.resource().equals(CONFIG_MAPS) && object.name().equals(CA_NAME);
        return ending || ofEvery ? List.of(key) : List.of();
    }

    @Override
    public Plan reconcile(ObjectKey key, Cache cache, Instant now) {
        ApiObject namespace = cache.get(NAMESPACES, key);
        if (namespace == null) {
            return SYSTEM.contains(key.name())
                    ? Plan.of(new Action.Create(NAMESPACES,
                            ApiObject.of(Writes.object(Kinds.NAMESPACE, "", key.name()))))
                    : Plan.NOTHING;
        }
        return namespace.deleting() ? end(namespace, cache, now) : furnish(namespace, cache);
    }

    private Plan furnish(ApiObject namespace, Cache cache) {
        String name = namespace.name();
        List<Action> actions = new ArrayList<>();
        if (cache.get(ACCOUNTS, new ObjectKey(name, "default")) == null) {
            actions.add(new Action.Create(ACCOUNTS,
                    ApiObject.of(Writes.object(Kinds.SERVICE_ACCOUNT, name, "default"))));
        }
        ApiObject present = cache.get(CONFIG_MAPS, new ObjectKey(name, CA_NAME));
        if (present == null) {
            actions.add(new Action.Create(CONFIG_MAPS, caMap(name)));
        } else if (!present.tree().path("data").path("ca.crt").asText("").equals(clusterCaPem)) {
            ObjectNode patch = Json.object();
            patch.putObject("data").put("ca.crt", clusterCaPem);
            actions.add(Writes.patch(CONFIG_MAPS, present, patch));
        }
        return new Plan(List.copyOf(actions), null);
    }

    private ApiObject caMap(String namespace) {
        ObjectNode map = Writes.object(Kinds.CONFIG_MAP, namespace, CA_NAME);
        Trees.child(map, "metadata").putObject("annotations").put("kubernetes.io/description",
                "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such"
                        + " as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across"
                        + " distributions of Kubernetes clusters.");
        map.putObject("data").put("ca.crt", clusterCaPem);
        return ApiObject.of(map);
    }

    private Plan end(ApiObject namespace, Cache cache, Instant now) {
        NamespaceContent content = NamespaceContent.of(namespace.name(), namespaced, cache);
        List<Action> actions = new ArrayList<>(
                Writes.status(NAMESPACES, namespace, endingStatus(namespace, content, now)));
        actions.addAll(content.deletes());
        return new Plan(List.copyOf(actions), null);
    }

    /** Source: k/k {@code pkg/controller/namespace/deletion/status_condition_utils.go}. */
    private static ObjectNode endingStatus(ApiObject namespace, NamespaceContent content, Instant now) {
        ObjectNode status = namespace.status().deepCopy();
        status.put("phase", "Terminating");
        Conditions.set(status, "NamespaceDeletionDiscoveryFailure", "False", "ResourcesDiscovered",
                "All resources successfully discovered", now);
        Conditions.set(status, "NamespaceDeletionGroupVersionParsingFailure", "False", "ParsedGroupVersions",
                "All legacy kube types successfully parsed", now);
        Conditions.set(status, "NamespaceDeletionContentFailure", "False", "ContentDeleted",
                "All content successfully deleted, may be waiting on finalization", now);
        String finalizers = content.describeFinalizers();
        if (content.empty()) {
            Conditions.set(status, "NamespaceContentRemaining", "False", "ContentRemoved",
                    "All content successfully removed", now);
        } else {
            Conditions.set(status, "NamespaceContentRemaining", "True", "SomeResourcesRemain",
                    "Some resources are remaining: " + content.describe(), now);
        }
        if (finalizers.isEmpty()) {
            Conditions.set(status, "NamespaceFinalizersRemaining", "False", "ContentHasNoFinalizers",
                    "All content-preserving finalizers finished", now);
        } else {
            Conditions.set(status, "NamespaceFinalizersRemaining", "True", "SomeFinalizersRemain",
                    "Some content in the namespace has finalizers remaining: " + finalizers, now);
        }
        return status;
    }
}
