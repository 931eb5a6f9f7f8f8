package dev.xebec.gateway.cache;

import dev.xebec.contracts.Bytes;
import java.nio.charset.StandardCharsets;

/**
 * Stands for what a store or a cache has at one revision: a 64-bit sum, modulo 2^64, of a hash of each object's key, revision
 * and bytes. Equal contents have equal digests in whatever order they are added; contents that differ by chance have
 * different ones. It is no protection against somebody who wants them to be equal.
 *
 * @param objects how many were added
 */
public record Digest(long sum, long objects) {
    static final Digest EMPTY = new Digest(0, 0);
    /** The offset basis and prime of FNV-1a. Source: Fowler, Noll and Vo, 64 bits. */
    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    Digest plus(String resource, String object, CachedObject state) {
        long hash = mix(BASIS, resource.getBytes(StandardCharsets.UTF_8));
        hash = mix(hash * PRIME, object.getBytes(StandardCharsets.UTF_8));
        hash = (hash ^ state.revision()) * PRIME;
        hash = (hash ^ state.version()) * PRIME;
        return new Digest(sum + spread(mix(hash, state.json())), objects + 1);
    }

    private static long mix(long hash, Bytes bytes) {
        return mix(hash, bytes.array());
    }

    private static long mix(long hash, byte[] bytes) {
        long mixed = hash;
        for (byte one : bytes) {
            mixed = (mixed ^ (one & 0xff)) * PRIME;
        }
        return mixed;
    }

    /** Makes every bit of the hash depend on every other, as a sum needs it. Source: MurmurHash3, 64-bit finalizer. */
    private static long spread(long hash) {
        long mixed = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }

    /** Sixteen hexadecimal digits. */
    @Override
    public String toString() {
        return String.format("%016x", sum);
    }
}
