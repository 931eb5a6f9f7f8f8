package dev.xebec.contracts.state;

/** The layout of keys: {@code <group>/<resource>/<namespace>/<name>}, with empty parts left empty. */
public final class Keys {
    private Keys() {}

    public static String of(String group, String resource, String namespace, String name) {
        return group + "/" + resource + "/" + namespace + "/" + name;
    }

    /** All objects of a resource. */
    public static String prefix(String group, String resource) {
        return group + "/" + resource + "/";
    }

    /** All objects of a resource in a namespace; the empty namespace is that of cluster-scoped objects. */
    public static String prefix(String group, String resource, String namespace) {
        return group + "/" + resource + "/" + namespace + "/";
    }

    /** The smallest string above all that start with {@code prefix}; empty (no end) for the empty prefix. */
    public static String endOfPrefix(String prefix) {
        if (prefix.isEmpty()) {
            return "";
        }
        int last = prefix.length() - 1;
        return prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
    }
}
