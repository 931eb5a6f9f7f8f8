package dev.xebec.events.task;

/**
 * Whom an event is about.
 *
 * @param resource the plural, such as {@code pods}
 * @param uid of the object; all events of one uid are in order
 * @param namespace empty for what is in none
 * @param node where it runs; empty for none
 * @param owner its controller as {@code Kind/name}; empty for none
 */
public record Subject(String resource, String uid, String namespace, String name, String node, String owner) {

    /** {@code pods/default/web-0} or {@code nodes/node-0}. */
    public String path() {
        return resource + "/" + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
}
