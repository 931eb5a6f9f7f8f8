package dev.xebec.controller.object;

import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.OwnerReference;
import java.util.Collection;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The named indexes that the reconcilers read. */
public final class Indexes {
    /** Pods and ReplicaSets without a controller, by namespace. */
    public static final String ORPHAN = "orphan";
    /** Pods by the node that they are bound to. */
    public static final String NODE = "node";
    /** Objects of any resource by the uid of each of their owners. */
    public static final String OWNER = "any-owner";

    /** Nodes that are not ready, all under {@link #YES}. */
    public static final String NOT_READY = "not-ready";
    public static final String YES = "yes";

    /** Definitions of custom resources by {@code <group>/<kind>}. */
    public static final String DEFINED_KIND = "defined-kind";

    private Indexes() {}

    /** Takes the declaration of one index. */
    public interface Declaration {
        void index(GroupVersionResource resource, String name, Function<ApiObject, Set<String>> values);
    }

    /** Declares every index, the owner index for each of {@code resources}. */
    public static void declare(Collection<GroupVersionResource> resources, Declaration declaration) {
        declaration.index(GroupVersionResource.PODS, ORPHAN, Indexes::orphanOf);
        declaration.index(GroupVersionResource.REPLICA_SETS, ORPHAN, Indexes::orphanOf);
        declaration.index(GroupVersionResource.PODS, NODE, Indexes::nodeOf);
        declaration.index(GroupVersionResource.NODES, NOT_READY,
                node -> Conditions.isTrue(node.status(), "Ready") ? Set.of() : Set.of(YES));
        declaration.index(GroupVersionResource.CUSTOM_RESOURCE_DEFINITIONS, DEFINED_KIND, Indexes::kindOf);
        declaration.index(GroupVersionResource.CUSTOM, OWNER, Indexes::ownersOf);
        resources.forEach(resource -> declaration.index(resource, OWNER, Indexes::ownersOf));
    }

    private static Set<String> orphanOf(ApiObject object) {
        return object.controllerOwner().isPresent() ? Set.of() : Set.of(object.namespace());
    }

    private static Set<String> nodeOf(ApiObject pod) {
        String node = Pods.node(pod);
        return node.isEmpty() ? Set.of() : Set.of(node);
    }

    private static Set<String> kindOf(ApiObject definition) {
        String kind = definition.status().path("acceptedNames").path("kind").asText("");
        return kind.isEmpty() ? Set.of() : Set.of(definition.spec().path("group").asText("") + "/" + kind);
    }

    private static Set<String> ownersOf(ApiObject object) {
        return object.ownerReferences().stream().map(OwnerReference::uid).collect(Collectors.toSet());
    }
}
