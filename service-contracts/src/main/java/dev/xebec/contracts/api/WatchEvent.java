package dev.xebec.contracts.api;

import dev.xebec.contracts.Bytes;
import dev.xebec.model.object.GroupVersionResource;

/**
 * @param revision of the change; for an object of the present state, its own resourceVersion
 * @param object the object's JSON with its resourceVersion; of a deleted object the last state with the deletion's
 *     revision; empty for SYNCED and PROGRESS
 * @param resource which of the watched resources; meaningless for SYNCED and PROGRESS
 */
public record WatchEvent(Type type, GroupVersionResource resource, long revision, Bytes object) {

    /** SYNCED follows the present state; PROGRESS says that nothing matched up to its revision. */
    public enum Type {
        ADDED, MODIFIED, DELETED, SYNCED, PROGRESS
    }
}
