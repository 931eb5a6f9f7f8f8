package dev.xebec.gateway.cache;

import dev.xebec.contracts.state.Keys;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.ObjectKey;
import org.jspecify.annotations.Nullable;

/**
 * A store key taken apart.
 *
 * @param resource {@code <group>/<resource>}, the name of a map in the image
 * @param object {@code <namespace>/<name>}, the key in that map
 */
public record StoreKey(String resource, String object) {

    /** Null for a key that is not of the layout. */
    public static @Nullable StoreKey parse(String key) {
        int first = key.indexOf('/');
        int second = first < 0 ? -1 : key.indexOf('/', first + 1);
        int third = second < 0 ? -1 : key.indexOf('/', second + 1);
        return third < 0 ? null : new StoreKey(key.substring(0, second), key.substring(second + 1));
    }

    /** The map that a kind's objects are in; all versions of a kind share one, and some kinds of two groups. */
    public static String resourceOf(Kind kind) {
        return kind.storageGroup() + "/" + kind.plural();
    }

    public static String objectOf(String namespace, String name) {
        return namespace + "/" + name;
    }

    public static String of(Kind kind, String namespace, String name) {
        return Keys.of(kind.storageGroup(), kind.plural(), namespace, name);
    }

    public ObjectKey objectKey() {
        int slash = object.indexOf('/');
        return new ObjectKey(object.substring(0, slash), object.substring(slash + 1));
    }
}
