package dev.xebec.controller.object;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.OwnerReference;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The named indexes that the reconcilers read. */
public final class Indexes {
    /** Pods and ReplicaSets without a controller, by namespace. */
    public static final String ORPHAN = "orphan";
    /** Pods by the node that they are bound to. */
    public static final String NODE = "node";
    /** Pods by {@code <namespace>/<claim>} of each claim that they use. */
    public static final String CLAIM = "claim";
    /** Objects of any resource by the uid of each of their owners. */
    public static final String OWNER = "any-owner";

    /** Nodes that are not ready, all under {@link #YES}. */
    public static final String NOT_READY = "not-ready";
    public static final String YES = "yes";

    /** Definitions of custom resources by {@code <group>/<kind>}. */
    public static final String DEFINED_KIND = "defined-kind";

    /** Definitions of custom resources by {@code <version>.<group>} of each version that they serve. */
    public static final String SERVED_VERSION = "served-version";

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
        declaration.index(GroupVersionResource.PODS, CLAIM, pod -> claimsOf(pod).stream()
                .map(claim -> pod.namespace() + "/" + claim).collect(Collectors.toSet()));
        declaration.index(GroupVersionResource.NODES, NOT_READY,
                node -> Conditions.isTrue(node.status(), "Ready") ? Set.of() : Set.of(YES));
        declaration.index(GroupVersionResource.CUSTOM_RESOURCE_DEFINITIONS, DEFINED_KIND, Indexes::kindOf);
        declaration.index(GroupVersionResource.CUSTOM_RESOURCE_DEFINITIONS, SERVED_VERSION, Indexes::servedBy);
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

    /** Names of the claims that a pod's volumes are of, those made for it included. */
    public static Set<String> claimsOf(ApiObject pod) {
        Set<String> names = new HashSet<>();
        for (JsonNode volume : pod.spec().path("volumes")) {
            String claim = volume.path("persistentVolumeClaim").path("claimName").asText("");
            if (!claim.isEmpty()) {
                names.add(claim);
            } else if (volume.path("ephemeral").isObject()) {
                names.add(pod.name() + "-" + volume.path("name").asText(""));
            }
        }
        return names;
    }

    private static Set<String> kindOf(ApiObject definition) {
        String kind = definition.status().path("acceptedNames").path("kind").asText("");
        return kind.isEmpty() ? Set.of() : Set.of(definition.spec().path("group").asText("") + "/" + kind);
    }

    /** {@code <version>.<group>} of each version that a definition serves. */
    public static Set<String> servedBy(ApiObject definition) {
        Set<String> names = new HashSet<>();
        for (JsonNode version : definition.spec().path("versions")) {
            if (version.path("served").asBoolean()) {
                names.add(version.path("name").asText("") + "." + definition.spec().path("group").asText(""));
            }
        }
        return names;
    }

    private static Set<String> ownersOf(ApiObject object) {
        return object.ownerReferences().stream().map(OwnerReference::uid).collect(Collectors.toSet());
    }
}
