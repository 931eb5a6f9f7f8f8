package dev.xebec.simulator.check;

import dev.xebec.contracts.state.Change;
import dev.xebec.gateway.cache.StoreKey;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import org.jspecify.annotations.Nullable;

/**
 * One object's step from one version to the next at one revision.
 *
 * @param before null where it was not there
 * @param after null where it is gone
 */
public record Transition(Change change, StoreKey key, @Nullable Stored before, @Nullable Stored after) {

    public long revision() {
        return change.revision();
    }

    public boolean of(GroupVersionResource resource) {
        String name = key.resource();
        return name.endsWith(resource.resource()) && name.equals(Truth.nameOf(resource));
    }

    public ObjectKey objectKey() {
        return key.objectKey();
    }

    public @Nullable ApiObject objectBefore() {
        return before == null ? null : before.object();
    }

    public @Nullable ApiObject objectAfter() {
        return after == null ? null : after.object();
    }

    @Override
    public String toString() {
        return change.key() + "@" + revision();
    }
}
