package dev.xebec.simulator.check;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.cache.StoreKey;
import dev.xebec.model.object.ApiObject;
import org.jspecify.annotations.Nullable;

/** One version of an object, as the log has it. Parsed when somebody asks. Used by one thread. */
public final class Stored {
    private final KeyValue keyValue;
    private final StoreKey key;
    private final long digest;
    private @Nullable CachedObject cached;
    private @Nullable ApiObject object;

    Stored(KeyValue keyValue, StoreKey key) {
        this.keyValue = keyValue;
        this.key = key;
        this.digest = Digest.of(key.resource(), key.object(), cached());
    }

    public KeyValue keyValue() {
        return keyValue;
    }

    /** {@code <group>/<resource>}. */
    public String resource() {
        return key.resource();
    }

    /** {@code <namespace>/<name>}. */
    public String objectKey() {
        return key.object();
    }

    public long modRevision() {
        return keyValue.modRevision();
    }

    long digest() {
        return digest;
    }

    /** With its resourceVersion, as gateways give it out. */
    public Bytes json() {
        return cached().json();
    }

    /** As {@link #json()}, with another resourceVersion: how a DELETED event shows it. */
    Bytes jsonAt(long revision) {
        return cached().jsonAt(revision);
    }

    /** The object with its resourceVersion; nobody may change it. */
    public ApiObject object() {
        ApiObject known = object;
        if (known == null) {
            known = ApiObject.parse(json().array());
            if (known.revision() != modRevision()) {
                throw new Violation("resource-version", modRevision(),
                        "resourceVersion " + modRevision() + " in " + this,
                        "resourceVersion " + known.revision());
            }
            object = known;
        }
        return known;
    }

    /** Lets go of what can be made anew: superseded versions are many. */
    void forgetTree() {
        object = null;
        cached = null;
    }

    private CachedObject cached() {
        CachedObject known = cached;
        if (known == null) {
            known = CachedObject.of(key.objectKey(), keyValue);
            cached = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return keyValue.key() + "@" + modRevision();
    }
}
