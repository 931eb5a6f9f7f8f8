package dev.xebec.controller.replicaset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Kinds;
import dev.xebec.controller.object.StableName;
import dev.xebec.controller.object.Writes;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionKind;

/** Makes an owner's pod out of its template. */
final class PodFromTemplate {
    /** Characters of a pod's ending. Source: apiserver {@code storage/names}. */
    private static final int SUFFIX = 5;

    private PodFromTemplate() {}

    /** The name of the owner's n-th slot: always the same. */
    static String name(ApiObject owner, int slot) {
        return StableName.of(owner.name(), StableName.suffix(SUFFIX, owner.uid(), Integer.toString(slot)));
    }

    static ApiObject pod(ApiObject owner, GroupVersionKind kind, String name) {
        JsonNode template = owner.spec().path("template");
        ObjectNode pod = Writes.object(Kinds.POD, owner.namespace(), name);
        ObjectNode metadata = (ObjectNode) pod.get("metadata");
        metadata.put("generateName", owner.name() + "-");
        for (String field : new String[]{"labels", "annotations", "finalizers"}) {
            JsonNode value = template.path("metadata").path(field);
            if (!value.isEmpty()) {
                metadata.set(field, value.deepCopy());
            }
        }
        metadata.putArray("ownerReferences").add(Writes.controllerReference(kind, owner));
        pod.set("spec", template.path("spec").deepCopy());
        return ApiObject.of(pod);
    }
}
