package dev.xebec.controller.bootstrap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Indexes;
import dev.xebec.controller.object.Trees;
import dev.xebec.controller.object.Writes;
import dev.xebec.kit.informer.Cache;
import dev.xebec.kit.informer.Informer.ObjectChange;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.kit.reconcile.Plan;
import dev.xebec.kit.reconcile.Reconciler;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an APIService for each group version that the cluster serves itself, built in or by a definition, and removes it with
 * the last definition that serves it. One without the label is its maker's own and stays as it is. Unlike kube-apiserver, which
 * looks at those of built-in groups at its start alone, it makes them again at any time.
 *
 * <p>Source: kube-aggregator {@code pkg/controllers/autoregister}, k/k {@code pkg/controlplane/controller/crdregistration}.
 */
public final class ApiServiceReconciler implements Reconciler {
    static final GroupVersionResource API_SERVICES = new GroupVersionResource("apiregistration.k8s.io", "v1",
            "apiservices");
    static final String MANAGED = "kube-aggregator.kubernetes.io/automanaged";
    private static final GroupVersionKind KIND = new GroupVersionKind("apiregistration.k8s.io", "v1", "APIService");
    private static final GroupVersionResource DEFINITIONS = GroupVersionResource.CUSTOM_RESOURCE_DEFINITIONS;
    private static final String BUILT_IN = "onstart";
    private static final String DEFINED = "true";
    private static final Priority OF_DEFINED = new Priority(1_000, 100);

    /** The higher, the earlier: of a group among groups, of a version within its group. */
    public record Priority(int group, int version) {}

    private final Map<String, Priority> builtIn;

    /** @param builtIn by the APIService's name, such as {@code v1.apps} */
    public ApiServiceReconciler(Map<String, Priority> builtIn) {
        this.builtIn = Map.copyOf(builtIn);
    }

    @Override
    public String name() {
        return "apiservice";
    }

    @Override
    public Set<GroupVersionResource> reads() {
        return Set.of(API_SERVICES, DEFINITIONS);
    }

    @Override
    public Collection<ObjectKey> allKeys(Cache cache) {
        Set<String> names = new LinkedHashSet<>(builtIn.keySet());
        cache.list(API_SERVICES).forEach(service -> names.add(service.name()));
        cache.list(DEFINITIONS).forEach(definition -> names.addAll(Indexes.servedBy(definition)));
        return keys(names);
    }

    @Override
    public Collection<ObjectKey> keysFor(ObjectChange change, Cache cache) {
        if (change.resource().equals(API_SERVICES)) {
            return List.of(change.any().key());
        }
        Set<String> before = served(change.before());
        Set<String> after = served(change.after());
        if (before.equals(after)) {
            return List.of();
        }
        Set<String> names = new LinkedHashSet<>(before);
        names.addAll(after);
        return keys(names);
    }

    private static Set<String> served(@Nullable ApiObject definition) {
        return definition == null ? Set.of() : Indexes.servedBy(definition);
    }

    private static List<ObjectKey> keys(Set<String> names) {
        return names.stream().map(name -> new ObjectKey("", name)).toList();
    }

    @Override
    public Plan reconcile(ObjectKey key, Cache cache, Instant now) {
        ApiObject present = cache.get(API_SERVICES, key);
        ObjectNode wanted = wanted(key.name(), cache);
        if (present == null) {
            return wanted == null ? Plan.NOTHING : Plan.of(new Action.Create(API_SERVICES, ApiObject.of(wanted)));
        }
        String managed = present.labels().getOrDefault(MANAGED, "");
        if (!managed.equals(BUILT_IN) && !managed.equals(DEFINED)) {
            return Plan.NOTHING;
        }
        if (wanted == null) {
            return Plan.of(Writes.delete(API_SERVICES, present, ""));
        }
        if (Trees.same(present.spec(), wanted.path("spec"))) {
            return Plan.NOTHING;
        }
        ObjectNode next = present.copy();
        next.set("spec", wanted.get("spec"));
        return Plan.of(new Action.Update(API_SERVICES, ApiObject.of(next)));
    }

    private @Nullable ObjectNode wanted(String name, Cache cache) {
        Priority own = builtIn.get(name);
        if (own != null) {
            return service(name, own, BUILT_IN);
        }
        return cache.byIndex(DEFINITIONS, Indexes.SERVED_VERSION, name).isEmpty()
                ? null
                : service(name, OF_DEFINED, DEFINED);
    }

    private static ObjectNode service(String name, Priority priority, String managed) {
        int dot = name.indexOf('.');
        ObjectNode service = Writes.object(KIND, "", name);
        Trees.child(service, "metadata").putObject("labels").put(MANAGED, managed);
        ObjectNode spec = service.putObject("spec");
        if (dot + 1 < name.length()) {
            spec.put("group", name.substring(dot + 1));
        }
        spec.put("version", name.substring(0, dot)).put("groupPriorityMinimum", priority.group())
                .put("versionPriority", priority.version());
        return service;
    }
}
