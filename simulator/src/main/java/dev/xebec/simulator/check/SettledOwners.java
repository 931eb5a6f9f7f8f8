package dev.xebec.simulator.check;

import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.OwnerReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Once all is settled nothing is left whose owners are all gone, nothing is in a namespace that is gone, and none still ends. */
final class SettledOwners implements Invariant {
    private static final String NAME = "settled-owners";

    @Override
    public void settled(Truth truth) {
        Set<String> uids = new TreeSet<>();
        List<ApiObject> owned = new ArrayList<>();
        Set<String> namespaces = new TreeSet<>();
        for (ApiObject namespace : truth.objects(GroupVersionResource.NAMESPACES)) {
            namespaces.add(namespace.name());
            if (namespace.deleting()) {
                throw new Violation(NAME, truth.revision(), namespace + " is gone, as its deletion began at "
                        + namespace.deletionTimestamp(), namespace.tree().toString());
            }
        }
        for (Stored stored : truth.everything()) {
            ApiObject object = stored.object();
            uids.add(object.uid());
            if (!object.ownerReferences().isEmpty()) {
                owned.add(object);
            }
            if (!object.namespace().isEmpty() && !namespaces.contains(object.namespace())) {
                throw new Violation(NAME, truth.revision(), "nothing is in namespace " + object.namespace()
                        + ", which is gone", stored.toString());
            }
            stored.forgetTree();
        }
        for (ApiObject object : owned) {
            if (object.ownerReferences().stream().map(OwnerReference::uid).noneMatch(uids::contains)) {
                throw new Violation(NAME, truth.revision(), object + " is gone, as all its owners are",
                        object.ownerReferences().toString());
            }
        }
    }
}
