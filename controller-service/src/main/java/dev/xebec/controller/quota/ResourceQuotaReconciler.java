package dev.xebec.controller.quota;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.object.Writes;
import dev.xebec.kit.informer.Cache;
import dev.xebec.kit.informer.Informer.ObjectChange;
import dev.xebec.kit.reconcile.Plan;
import dev.xebec.kit.reconcile.Reconciler;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.quantity.Quantity;
import dev.xebec.model.quota.Amounts;
import dev.xebec.model.quota.Evaluator;
import dev.xebec.model.quota.QuotaScope;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the status of ResourceQuotas: takes off what is gone, and counts what nobody has charged. Its picture is of one
 * revision and its write holds only if the quota is as in it; a charge is in the transaction of what it is for. So it never
 * takes back a charge that it has not seen.
 *
 * <p>Source: k/k {@code pkg/controller/resourcequota/resource_quota_controller.go}.
 */
public final class ResourceQuotaReconciler implements Reconciler {
    static final GroupVersionResource QUOTAS = new GroupVersionResource("", "v1", "resourcequotas");
    /** Between two counts where nothing is known to have changed: a pod may stop to count by time alone. */
    private static final Duration RESYNC = Duration.ofMinutes(5);

    private final List<GroupVersionResource> counted;

    /** @param namespaced resources that can be counted */
    public ResourceQuotaReconciler(Collection<GroupVersionResource> namespaced) {
        this.counted = List.copyOf(namespaced);
    }

    @Override
    public String name() {
        return "resourcequota";
    }

    @Override
    public Set<GroupVersionResource> reads() {
        Set<GroupVersionResource> reads = new HashSet<>(counted);
        reads.add(QUOTAS);
        return reads;
    }

    @Override
    public Collection<ObjectKey> allKeys(Cache cache) {
        return cache.list(QUOTAS).stream().map(ObjectKey::of).toList();
    }

    /** Charges are the gateways' work: only what is less than before, or not counted yet, is looked at. */
    @Override
    public Collection<ObjectKey> keysFor(ObjectChange change, Cache cache) {
        Set<ObjectKey> keys = new HashSet<>();
        ApiObject object = change.any();
        if (change.resource().equals(QUOTAS) && change.after() != null && !counted(change.after())) {
            keys.add(object.key());
        }
        if (change.before() == null || object.namespace().isEmpty()) {
            return keys;
        }
        Collection<ApiObject> quotas = cache.list(QUOTAS, object.namespace());
        if (!quotas.isEmpty()) {
            Evaluator evaluator = Evaluator.of(change.resource().group(), change.resource().resource());
            if (less(evaluator, change.before(), change.after())) {
                keys.addAll(quotas.stream().filter(quota -> !evaluator
                        .uses(QuotaScope.names(quota.spec().path("hard"))).isEmpty()).map(ObjectKey::of)
                        .collect(Collectors.toSet()));
            }
        }
        return keys;
    }

    private static boolean counted(ApiObject quota) {
        return Amounts.of(quota.spec().path("hard")).equals(Amounts.of(quota.status().path("hard")))
                && Amounts.of(quota.status().path("used")).keySet()
                        .equals(Amounts.of(quota.spec().path("hard")).keySet());
    }

    private static boolean less(Evaluator evaluator, ApiObject before, @Nullable ApiObject after) {
        if (after == null) {
            return true;
        }
        Map<String, Quantity> used = evaluator.usage(before.tree(), Instant.EPOCH);
        Map<String, Quantity> uses = evaluator.usage(after.tree(), Instant.EPOCH);
        return !Amounts.increase(used, uses).isEmpty();
    }

    @Override
    public Plan reconcile(ObjectKey key, Cache cache, Instant now) {
        ApiObject quota = cache.get(QUOTAS, key);
        if (quota == null) {
            return Plan.NOTHING;
        }
        ObjectNode status = quota.status().deepCopy();
        status.set("hard", quota.spec().path("hard").isObject()
                ? quota.spec().path("hard").deepCopy()
                : Amounts.tree(Map.of()));
        status.set("used", Amounts.tree(new Usage(counted, cache, now).of(quota)));
        return new Plan(Writes.status(QUOTAS, quota, status), RESYNC);
    }
}
