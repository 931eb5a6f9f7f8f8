package dev.xebec.gateway.admission;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.Keys;
import dev.xebec.contracts.state.Write;
import dev.xebec.gateway.admission.ServiceAddresses.Reservation;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.kinds.Definition;
import dev.xebec.gateway.kinds.ServedKinds;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.gateway.registry.Present;
import dev.xebec.model.custom.AcceptedNames;
import dev.xebec.model.custom.DefinitionConditions;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a CustomResourceDefinition in the very write that changes it: its names are accepted or not, and it is
 * established; one that is deleted is held until its objects are gone. A key per group that every acceptance writes keeps
 * two gateways from giving one name twice.
 */
final class DefinitionLifecycle {
    static final String FINALIZER = "customresourcecleanup.apiextensions.k8s.io";
    private static final String KEY_GROUP = "cluster.xebec.dev";
    private static final String KEY_RESOURCE = "acceptednames";

    private final ObjectRegistry registry;
    private final ServedKinds kinds;

    DefinitionLifecycle(ObjectRegistry registry, ServedKinds kinds) {
        this.registry = registry;
        this.kinds = kinds;
    }

    static boolean concerns(Kind kind) {
        return kind.resource().equals(GroupVersionResource.CUSTOM_RESOURCE_DEFINITIONS);
    }

    /**
     * Settles names and conditions in place, and answers the condition under which that holds. A name is said to be taken
     * only by the store's newest state.
     */
    Reservation settle(String name, ObjectNode definition, Instant now) {
        String group = definition.path("spec").path("group").asText("");
        // The key first: what is accepted after it was read refuses the guard.
        CachedObject key = registry.image().get(KEY_GROUP + "/" + KEY_RESOURCE, "", group);
        boolean changed = AcceptedNames.settle(definition, taken(group, name), now);
        if (!DefinitionConditions.isTrue(definition, DefinitionConditions.NAMES_ACCEPTED)) {
            key = registry.newest().get(KEY_GROUP + "/" + KEY_RESOURCE, "", group);
            changed |= AcceptedNames.settle(definition, taken(group, name), now);
        }
        return changed ? claim(group, name, key) : Reservation.NONE;
    }

    private AcceptedNames.Taken taken(String group, String name) {
        return AcceptedNames.Taken.of(kinds.definitions(group).stream().filter(other -> !other.name().equals(name))
                .map(Definition::acceptedNames).filter(Objects::nonNull).toList());
    }

    private static Reservation claim(String group, String name, @Nullable CachedObject key) {
        String guarded = Keys.of(KEY_GROUP, KEY_RESOURCE, "", group);
        ObjectNode value = Json.object();
        value.putObject("metadata").put("name", group);
        value.put("latest", name);
        return new Reservation(
                List.of(key == null ? new Guard.Absent(guarded) : new Guard.ModRevision(guarded, key.revision())),
                List.of(new Write.Put(guarded, Bytes.of(Json.bytes(value)), 0)));
    }

    /**
     * The state from which a deletion is decided: held until the objects are gone. Source: apiextensions-apiserver
     * {@code pkg/registry/customresourcedefinition/etcd.go}.
     */
    static Present held(Present present, Instant now) {
        if (!present.exists() || present.existing().deleting()) {
            return present;
        }
        ObjectNode tree = present.existing().copy();
        if (!present.existing().finalizers().contains(FINALIZER)
                && tree.get("metadata") instanceof ObjectNode metadata) {
            ArrayNode finalizers = metadata.get("finalizers") instanceof ArrayNode there
                    ? there
                    : metadata.putArray("finalizers");
            finalizers.add(FINALIZER);
        }
        DefinitionConditions.set(tree, DefinitionConditions.TERMINATING, true, "InstanceDeletionPending",
                "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon", now);
        return new Present(ApiObject.of(tree), present.cached(), present.revision(), present.certain());
    }
}
