package dev.xebec.simulator.check;

import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.cache.StoreImage;
import java.util.Map;

/**
 * 64 bits that stand for a set of objects, whatever their order: a sum, from which one object can be taken away again. Not
 * made against malice.
 */
final class Digest {
    private static final long PRIME = 0x100000001b3L;
    private static final long OFFSET = 0xcbf29ce484222325L;

    private Digest() {}

    /** @param resource {@code <group>/<resource>} */
    static long of(String resource, String object, long modRevision, long version, byte[] json) {
        long hash = OFFSET;
        hash = text(hash, resource);
        hash = text(hash * PRIME + 1, object);
        hash = hash * PRIME + modRevision;
        hash = hash * PRIME + version;
        for (byte one : json) {
            hash = (hash ^ (one & 0xff)) * PRIME;
        }
        return mixed(hash);
    }

    static long of(String resource, String object, CachedObject cached) {
        return of(resource, object, cached.revision(), cached.version(), cached.json().array());
    }

    /** Of everything that an image has: costs as much as the image is large. */
    static long of(StoreImage image) {
        long sum = 0;
        for (Map.Entry<String, ? extends Map<String, CachedObject>> resource : image.resources().entrySet()) {
            for (Map.Entry<String, CachedObject> object : resource.getValue().entrySet()) {
                sum += of(resource.getKey(), object.getKey(), object.getValue());
            }
        }
        return sum;
    }

    private static long text(long seed, String text) {
        long hash = seed;
        for (int at = 0; at < text.length(); at++) {
            hash = (hash ^ text.charAt(at)) * PRIME;
        }
        return hash;
    }

    /** Spreads every bit over all others. Source: the finalizer of MurmurHash3. */
    private static long mixed(long hash) {
        long mixed = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
