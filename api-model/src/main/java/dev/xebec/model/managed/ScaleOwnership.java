package dev.xebec.model.managed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.GroupVersionKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whose the number of replicas is, seen from a workload and from its scale.
 *
 * <p>Source: apimachinery {@code util/managedfields/scalehandler.go}.
 */
public final class ScaleOwnership {
    private static final String SUBRESOURCE = "scale";
    private static final String SCALE_VERSION = new GroupVersionKind("autoscaling", "v1", "Scale").apiVersion();
    private static final FieldPath REPLICAS = FieldPath.of("spec", "replicas");

    private final String apiVersion;
    private final Function<String, @Nullable FieldPath> paths;
    private final Map<FieldOwner, Owned> workload;

    /**
     * @param workload read-only
     * @param apiVersion of the workload in the request
     * @param paths where a version of the workload has its replicas; null for a version that is not served
     */
    public ScaleOwnership(ObjectNode workload, String apiVersion, Function<String, @Nullable FieldPath> paths) {
        this.apiVersion = apiVersion;
        this.paths = paths;
        this.workload = stored(ManagedFields.of(workload));
    }

    private static Map<FieldOwner, Owned> stored(JsonNode list) {
        try {
            return ManagedFields.stored(list);
        } catch (IllegalArgumentException malformed) {
            return Map.of();
        }
    }

    /** The scale's managed fields: of those who own the workload's replicas. */
    public ArrayNode ofScale() {
        return ManagedFields.encode(owners());
    }

    private Map<FieldOwner, Owned> owners() {
        Map<FieldOwner, Owned> owners = new LinkedHashMap<>();
        workload.forEach((manager, owned) -> {
            FieldPath path = paths.apply(owned.apiVersion());
            if (path != null && owned.set().has(path)) {
                owners.put(onScale(manager), Owned.of(SCALE_VERSION, owned.time(), FieldSet.of(REPLICAS)));
            }
        });
        return owners;
    }

    private static FieldOwner onScale(FieldOwner manager) {
        return manager.applies() ? manager : FieldOwner.updater(manager.name(), SCALE_VERSION, manager.subresource());
    }

    /** The workload's managed fields after somebody has written another number to the scale. */
    public ArrayNode written(String manager) {
        return owners().isEmpty()
                ? ManagedFields.encode(workload)
                : ofWorkload(Map.of(FieldOwner.updater(manager, SCALE_VERSION, SUBRESOURCE),
                        Owned.of(SCALE_VERSION, "", FieldSet.of(REPLICAS))));
    }

    /** The workload's managed fields after a configuration has been applied to the scale. @param scale as it was made */
    public ArrayNode applied(ObjectNode scale) {
        return ofWorkload(stored(ManagedFields.of(scale)));
    }

    private ArrayNode ofWorkload(Map<FieldOwner, Owned> scale) {
        Map<FieldOwner, Owned> rest = new LinkedHashMap<>(scale);
        Map<FieldOwner, Owned> after = new LinkedHashMap<>();
        workload.forEach((manager, owned) -> {
            FieldPath path = paths.apply(owned.apiVersion());
            if (path == null) {
                return;
            }
            boolean owns = owned.set().has(path);
            if (!owns || rest.remove(onScale(manager)) != null) {
                after.put(manager, owned);
                return;
            }
            FieldSet left = owned.set().difference(FieldSet.of(path));
            if (!left.isEmpty()) {
                after.put(manager, owned.with(left));
            }
        });
        FieldPath own = paths.apply(apiVersion);
        // Who is new says no time. Source: apimachinery util/managedfields/scalehandler.go, ToParent.
        rest.forEach((manager, owned) -> {
            if (own != null && owned.set().has(REPLICAS)) {
                FieldOwner self = manager.applies()
                        ? manager
                        : FieldOwner.updater(manager.name(), apiVersion, manager.subresource());
                after.put(self, Owned.of(apiVersion, "", FieldSet.of(own)));
            }
        });
        return ManagedFields.encode(after);
    }
}
