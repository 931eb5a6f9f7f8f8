package dev.xebec.simulator.history;

import java.util.Map;

/**
 * What a list or a watch asks for.
 *
 * @param namespace empty for all
 * @param labels that an object has to have; empty for no selector
 */
public record Scope(String resource, String namespace, Map<String, String> labels) {

    public static Scope all(String resource) {
        return new Scope(resource, "", Map.of());
    }

    /** Whether the object stands where is looked, whatever its labels. */
    public boolean covers(ObjectId id) {
        return id.resource().equals(resource) && (namespace.isEmpty() || namespace.equals(id.namespace()));
    }

    public boolean selects(ObjectState state) {
        return covers(state.id()) && state.labels().entrySet().containsAll(labels.entrySet());
    }

    @Override
    public String toString() {
        return resource + (namespace.isEmpty() ? "" : " in " + namespace) + (labels.isEmpty() ? "" : " with " + labels);
    }
}
