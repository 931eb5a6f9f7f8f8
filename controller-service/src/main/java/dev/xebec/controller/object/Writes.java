package dev.xebec.controller.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import java.util.List;

/** The writes that reconcilers plan, each conditional on the revision that it was decided from. */
public final class Writes {
    private Writes() {}

    /** The status write, or none where the status is as it should be. */
    public static List<Action> status(GroupVersionResource resource, ApiObject object, ObjectNode status) {
        if (Trees.same(object.status(), status)) {
            return List.of();
        }
        ObjectNode copy = object.copy();
        copy.set("status", status);
        return List.of(new Action.UpdateStatus(resource, ApiObject.of(copy)));
    }

    /** A merge patch that is refused where the object has changed since. */
    public static Action.MergePatch patch(GroupVersionResource resource, ApiObject object, ObjectNode patch) {
        Trees.child(patch, "metadata").put("uid", object.uid()).put("resourceVersion",
                object.metadata().path("resourceVersion").asText());
        return new Action.MergePatch(resource, ObjectKey.of(object), "", patch);
    }

    /** Deletes this very state of the object, with its own grace. */
    public static Action.Delete delete(GroupVersionResource resource, ApiObject object, String propagation) {
        return new Action.Delete(resource, ObjectKey.of(object), object.uid(), object.revision(), -1, propagation);
    }

    /** Removes the object at once, without waiting for its node. */
    public static Action.Delete remove(GroupVersionResource resource, ApiObject object) {
        return new Action.Delete(resource, ObjectKey.of(object), object.uid(), 0, 0, "");
    }

    /** A tree with apiVersion, kind and name. */
    public static ObjectNode object(GroupVersionKind kind, String namespace, String name) {
        ObjectNode tree = Json.object().put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
        ObjectNode metadata = tree.putObject("metadata").put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        return tree;
    }

    /** A pod out of its owner's template. */
    public static ObjectNode podOf(GroupVersionKind kind, ApiObject owner, String name, String generateName) {
        JsonNode template = owner.spec().path("template");
        ObjectNode pod = object(Kinds.POD, owner.namespace(), name);
        ObjectNode metadata = Trees.child(pod, "metadata").put("generateName", generateName);
        for (String field : new String[]{"labels", "annotations", "finalizers"}) {
            JsonNode value = template.path("metadata").path(field);
            if (!value.isEmpty()) {
                metadata.set(field, value.deepCopy());
            }
        }
        metadata.putArray("ownerReferences").add(controllerReference(kind, owner));
        pod.set("spec", template.path("spec").deepCopy());
        return pod;
    }

    /** The reference that makes {@code owner} the controller of what carries it. */
    public static ObjectNode controllerReference(GroupVersionKind kind, ApiObject owner) {
        return Json.object().put("apiVersion", kind.apiVersion()).put("kind", kind.kind()).put("name", owner.name())
                .put("uid", owner.uid()).put("controller", true).put("blockOwnerDeletion", true);
    }
}
