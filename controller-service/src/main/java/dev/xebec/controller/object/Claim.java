package dev.xebec.controller.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.kit.informer.Cache;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.selector.LabelSelector;
import dev.xebec.model.object.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What an owner controls, and the writes that still have to make it so: orphans that its selector matches are adopted,
 * what no longer matches is released.
 *
 * @param owned controlled already
 * @param pending adoptions and releases; while there are any, nothing else should be decided
 *
 * <p>Source: k/k {@code pkg/controller/controller_ref_manager.go}.
 */
public record Claim(List<ApiObject> owned, List<Action> pending) {

    /** @param adoptable which orphans are worth it, beside matching and not being deleted */
    public static Claim of(ApiObject owner, GroupVersionKind kind, GroupVersionResource resource, Cache cache,
            Predicate<ApiObject> adoptable) {
        Predicate<ApiObject> matches = selector(owner.spec().path("selector"));
        List<ApiObject> owned = new ArrayList<>();
        List<Action> pending = new ArrayList<>();
        for (ApiObject object : cache.ownedBy(resource, owner.uid())) {
            if (!object.namespace().equals(owner.namespace())) {
                continue;
            }
            if (matches.test(object)) {
                owned.add(object);
            } else if (!object.deleting() && !owner.deleting()) {
                pending.add(release(resource, owner, object));
            }
        }
        if (!owner.deleting()) {
            cache.byIndex(resource, Indexes.ORPHAN, owner.namespace()).stream()
                    .filter(orphan -> !orphan.deleting() && adoptable.test(orphan) && matches.test(orphan))
                    .forEach(orphan -> pending.add(adopt(resource, kind, owner, orphan)));
        }
        return new Claim(List.copyOf(owned), List.copyOf(pending));
    }

    /** The owners that a pod is the concern of: its controller, or where it has none all that would adopt it. */
    public static Stream<ObjectKey> ownersOf(ApiObject pod, GroupVersionKind kind, GroupVersionResource resource,
            Cache cache) {
        var owner = pod.controllerOwner();
        if (owner.isPresent()) {
            return owner.stream().filter(of -> of.kind().equals(kind.kind()))
                    .map(of -> new ObjectKey(pod.namespace(), of.name()));
        }
        return cache.list(resource, pod.namespace()).stream()
                .filter(one -> selector(one.spec().path("selector")).test(pod)).map(ObjectKey::of);
    }

    /** A label selector; one that is absent or empty matches nothing, because owning everything is never meant. */
    public static Predicate<ApiObject> selector(JsonNode selector) {
        if (!selector.isObject() || selector.isEmpty()) {
            return object -> false;
        }
        LabelSelector labels = LabelSelector.of(selector);
        return object -> labels.matches(object.labels());
    }

    private static Action adopt(GroupVersionResource resource, GroupVersionKind kind, ApiObject owner,
            ApiObject orphan) {
        ObjectNode patch = Json.object();
        ArrayNode references = patch.putObject("metadata").putArray("ownerReferences");
        orphan.metadata().path("ownerReferences").forEach(references::add);
        references.add(Writes.controllerReference(kind, owner));
        return Writes.patch(resource, orphan, patch);
    }

    private static Action release(GroupVersionResource resource, ApiObject owner, ApiObject object) {
        ObjectNode patch = Json.object();
        ArrayNode references = patch.putObject("metadata").putArray("ownerReferences");
        object.metadata().path("ownerReferences").forEach(reference -> {
            if (!owner.uid().equals(reference.path("uid").asText())) {
                references.add(reference);
            }
        });
        return Writes.patch(resource, object, patch);
    }
}
