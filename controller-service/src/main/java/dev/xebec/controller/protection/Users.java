package dev.xebec.controller.protection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.controller.object.Indexes;
import dev.xebec.controller.object.Pods;
import dev.xebec.kit.informer.Cache;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who uses the objects of one resource.
 *
 * <p>Source: k/k {@code pkg/controller/volume/pvcprotection}, {@code pvprotection} and {@code vacprotection}.
 */
enum Users {
    /** Pods that have a node use their claims, also once they are done. */
    OF_CLAIMS(GroupVersionResource.PERSISTENT_VOLUME_CLAIMS, "kubernetes.io/pvc-protection",
            Set.of(GroupVersionResource.PODS)) {
        @Override
        boolean use(ApiObject claim, Cache cache) {
            return cache.byIndex(GroupVersionResource.PODS, Indexes.CLAIM, claim.namespace() + "/" + claim.name())
                    .stream().anyMatch(pod -> !Pods.node(pod).isEmpty());
        }

        @Override
        Collection<ObjectKey> usedBy(ApiObject pod) {
            return Indexes.claimsOf(pod).stream().map(name -> new ObjectKey(pod.namespace(), name)).toList();
        }
    },
    /** The claim that a volume is bound to. */
    OF_VOLUMES(GroupVersionResource.PERSISTENT_VOLUMES, "kubernetes.io/pv-protection", Set.of()) {
        @Override
        boolean use(ApiObject volume, Cache cache) {
            return volume.status().path("phase").asText("").equals("Bound");
        }

        @Override
        Collection<ObjectKey> usedBy(ApiObject user) {
            return List.of();
        }
    },
    /** Claims and volumes that have the attributes of a class, or are to get them. */
    OF_ATTRIBUTES(GroupVersionResource.VOLUME_ATTRIBUTES_CLASSES, "kubernetes.io/vac-protection",
            Set.of(GroupVersionResource.PERSISTENT_VOLUME_CLAIMS, GroupVersionResource.PERSISTENT_VOLUMES)) {
        @Override
        boolean use(ApiObject attributes, Cache cache) {
            return users().stream().flatMap(resource -> cache.list(resource).stream())
                    .anyMatch(user -> classes(user).contains(attributes.name()));
        }

        @Override
        Collection<ObjectKey> usedBy(ApiObject user) {
            return classes(user).stream().map(name -> new ObjectKey("", name)).toList();
        }
    };

    private final GroupVersionResource resource;
    private final String finalizer;
    private final Set<GroupVersionResource> users;

    Users(GroupVersionResource resource, String finalizer, Set<GroupVersionResource> users) {
        this.resource = resource;
        this.finalizer = finalizer;
        this.users = users;
    }

    /** Whose objects are used. */
    GroupVersionResource resource() {
        return resource;
    }

    /** What holds an object that is in use. */
    String finalizer() {
        return finalizer;
    }

    /** Which resources' objects use them. */
    Set<GroupVersionResource> users() {
        return users;
    }

    abstract boolean use(ApiObject object, Cache cache);

    /** The objects that one user uses, or may have used. */
    abstract Collection<ObjectKey> usedBy(ApiObject user);

    private static Set<String> classes(ApiObject user) {
        Set<String> names = new HashSet<>();
        Stream.of(user.spec().path("volumeAttributesClassName"),
                user.status().path("currentVolumeAttributesClassName"),
                user.status().path("modifyVolumeStatus").path("targetVolumeAttributesClassName"))
                .map(JsonNode::asText).filter(name -> !name.isEmpty()).forEach(names::add);
        return names;
    }
}
