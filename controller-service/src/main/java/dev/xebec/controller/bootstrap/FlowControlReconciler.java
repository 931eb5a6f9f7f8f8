package dev.xebec.controller.bootstrap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Trees;
import dev.xebec.controller.object.Writes;
import dev.xebec.kit.informer.Cache;
import dev.xebec.kit.informer.Informer.ObjectChange;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.kit.reconcile.Plan;
import dev.xebec.kit.reconcile.Reconciler;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the flow control configuration of one resource that Kubernetes comes with. What is missing is made; what is mandatory
 * is as it has to be; what is only suggested is the users' once they changed it, or said so by the annotation; and what carries the
 * annotation without being known goes. Source: k/k {@code pkg/registry/flowcontrol/ensurer/strategy.go}.
 */
public final class FlowControlReconciler implements Reconciler {
    static final String AUTO_UPDATE = "apf.kubernetes.io/autoupdate-spec";
    /** Its shares are its administrators' own, though it is mandatory. */
    private static final String EXEMPT = "exempt";
    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

    private final GroupVersionResource resource;
    private final Map<String, ApiObject> mandatory;
    private final Map<String, ApiObject> suggested;

    /** @param resource whose objects the others are */
    public FlowControlReconciler(GroupVersionResource resource, List<ApiObject> mandatory, List<ApiObject> suggested) {
        this.resource = resource;
        this.mandatory = byName(mandatory);
        this.suggested = byName(suggested);
    }

    private static Map<String, ApiObject> byName(List<ApiObject> objects) {
        return objects.stream().collect(Collectors.toUnmodifiableMap(ApiObject::name, object -> object));
    }

    @Override
    public String name() {
        return resource.resource();
    }

    @Override
    public Set<GroupVersionResource> reads() {
        return Set.of(resource);
    }

    @Override
    public Collection<ObjectKey> allKeys(Cache cache) {
        Set<ObjectKey> keys = new LinkedHashSet<>();
        mandatory.values().forEach(object -> keys.add(object.key()));
        suggested.values().forEach(object -> keys.add(object.key()));
        cache.list(resource).forEach(object -> keys.add(object.key()));
        return keys;
    }

    @Override
    public Collection<ObjectKey> keysFor(ObjectChange change, Cache cache) {
        return List.of(change.any().key());
    }

    @Override
    public Plan reconcile(ObjectKey key, Cache cache, Instant now) {
        ApiObject present = cache.get(resource, key);
        boolean compulsory = mandatory.containsKey(key.name());
        ApiObject wanted = compulsory ? mandatory.get(key.name()) : suggested.get(key.name());
        if (present == null) {
            return wanted == null ? Plan.NOTHING : Plan.of(new Action.Create(resource, wanted));
        }
        String said = present.annotations().getOrDefault(AUTO_UPDATE, "");
        if (wanted == null) {
            return TRUE.contains(said) && !present.deleting()
                    ? Plan.of(Writes.delete(resource, present, ""))
                    : Plan.NOTHING;
        }
        boolean ours = compulsory || TRUE.contains(said) || !FALSE.contains(said) && present.generation() == 1;
        ObjectNode next = revised(present, wanted, said, ours);
        return next == null ? Plan.NOTHING : Plan.of(new Action.Update(resource, ApiObject.of(next)));
    }

    /** @param ours whether its spec is ours to say */
    private static @Nullable ObjectNode revised(ApiObject present, ApiObject wanted, String said, boolean ours) {
        ObjectNode spec = expected(present, wanted);
        boolean differs = ours && !Trees.same(present.spec(), spec);
        boolean unsaid = !(ours ? TRUE : FALSE).contains(said);
        if (!differs && !unsaid) {
            return null;
        }
        ObjectNode next = present.copy();
        if (differs) {
            next.set("spec", wanted.spec().deepCopy());
        }
        if (unsaid) {
            Trees.child(Trees.child(next, "metadata"), "annotations").put(AUTO_UPDATE, Boolean.toString(ours));
        }
        return next;
    }

    private static ObjectNode expected(ApiObject present, ApiObject wanted) {
        ObjectNode spec = wanted.spec().deepCopy();
        if (wanted.name().equals(EXEMPT) && spec.get(EXEMPT) instanceof ObjectNode limits
                && present.spec().path(EXEMPT) instanceof ObjectNode theirs) {
            for (String free : List.of("nominalConcurrencyShares", "lendablePercent")) {
                limits.set(free, theirs.path(free));
            }
        }
        return spec;
    }
}
