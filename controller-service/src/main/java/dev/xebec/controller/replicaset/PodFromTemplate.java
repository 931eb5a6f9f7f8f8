package dev.xebec.controller.replicaset;

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
        return ApiObject.of(Writes.podOf(kind, owner, name, owner.name() + "-"));
    }
}
