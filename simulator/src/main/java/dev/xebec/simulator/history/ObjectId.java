package dev.xebec.simulator.history;

/**
 * Which object.
 *
 * @param resource its plural name, with its group where it has one: {@code pods}, {@code replicasets.apps}
 * @param namespace empty for cluster-scoped objects
 */
public record ObjectId(String resource, String namespace, String name) implements Comparable<ObjectId> {

    @Override
    public int compareTo(ObjectId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return resource + "/" + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
}
