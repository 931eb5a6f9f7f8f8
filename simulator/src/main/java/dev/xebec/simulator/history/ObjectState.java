package dev.xebec.simulator.history;

import java.util.Map;

/**
 * An object as somebody saw it.
 *
 * @param revision its resourceVersion
 * @param value what its last writer put into it, different for each write; empty for objects that the recording clients do
 *     not write
 * @param digest of all of it but its resourceVersion
 */
public record ObjectState(ObjectId id, long revision, String uid, String value, String digest,
        Map<String, String> labels, Facts facts) {

    /** Whether both show the same object in the same state, whatever the revision. */
    public boolean looksLike(ObjectState other) {
        return id.equals(other.id) && digest.equals(other.digest) && labels.equals(other.labels);
    }

    @Override
    public String toString() {
        return id + "@" + revision + (value.isEmpty() ? "" : "=" + value);
    }
}
