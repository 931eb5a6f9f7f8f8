package dev.xebec.controller.quota;

import dev.xebec.kit.informer.Cache;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.quantity.Quantity;
import dev.xebec.model.quota.Amounts;
import dev.xebec.model.quota.Evaluator;
import dev.xebec.model.quota.QuotaScope;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a quota's namespace uses, as one picture of the cluster has it. Pure. */
record Usage(Collection<GroupVersionResource> counted, Cache cache, Instant now) {

    /** By name of the quota's {@code spec.hard}; names of resources that are not counted here are as the quota has them. */
    Map<String, Quantity> of(ApiObject quota) {
        Collection<String> hard = QuotaScope.names(quota.spec().path("hard"));
        Map<String, Quantity> used = Amounts.only(Amounts.of(quota.status().path("used")), hard);
        for (GroupVersionResource resource : counted) {
            Evaluator evaluator = Evaluator.of(resource.group(), resource.resource());
            Set<String> names = evaluator.uses(hard);
            if (!names.isEmpty()) {
                used.putAll(sum(quota, hard, names, evaluator, cache.list(resource, quota.namespace())));
            }
        }
        return used;
    }

    private Map<String, Quantity> sum(ApiObject quota, Collection<String> hard, Set<String> names, Evaluator evaluator,
            Collection<ApiObject> objects) {
        Map<String, Quantity> sum = new TreeMap<>();
        names.forEach(name -> sum.put(name, Quantity.zero()));
        for (ApiObject object : objects) {
            if (QuotaScope.covers(quota.tree(), hard, evaluator, object.tree())) {
                Amounts.only(evaluator.usage(object.tree(), now), names)
                        .forEach((name, amount) -> sum.merge(name, amount, Quantity::add));
            }
        }
        return sum;
    }
}
