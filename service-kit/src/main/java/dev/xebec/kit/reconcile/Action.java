package dev.xebec.kit.reconcile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;

/** One write of a plan. */
public sealed interface Action {

    /** Creates; an object of that name that is there already is a refusal. */
    record Create(GroupVersionResource resource, ApiObject object) implements Action {}

    /** Replaces; the object carries the resourceVersion that the decision was made from. */
    record Update(GroupVersionResource resource, ApiObject object) implements Action {}

    /** Replaces the status; the object carries the resourceVersion that the decision was made from. */
    record UpdateStatus(GroupVersionResource resource, ApiObject object) implements Action {}

    /** A merge patch; put {@code metadata.resourceVersion} (or uid) into it to make it conditional. */
    record MergePatch(GroupVersionResource resource, ObjectKey key, String subresource, ObjectNode patch)
            implements
                Action {}

    /**
     * A server-side apply that takes the fields over from whoever else owns them; may create.
     *
     * @param manager owns the fields from then on
     */
    record Apply(GroupVersionResource resource, ObjectKey key, String subresource, ObjectNode wanted, String manager)
            implements
                Action {}

    /** @param revision precondition, 0 for none; @param graceSeconds -1 for the object's own; @param propagation may be empty */
    record Delete(GroupVersionResource resource, ObjectKey key, String uid, long revision, int graceSeconds,
            String propagation) implements Action {}

    /** Evicts a pod under its disruption budgets; being told to wait is no error. */
    record Evict(ObjectKey pod, String uid) implements Action {}

    /**
     * Records an Event about an object; repeated ones are counted up in one Event. Never fails a plan.
     *
     * @param type Normal or Warning
     */
    record Emit(ApiObject about, String type, String reason, String message) implements Action {}
}
