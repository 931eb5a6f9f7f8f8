package dev.xebec.gateway.quota;

import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.quantity.Quantity;
import dev.xebec.model.quota.Evaluator;
import dev.xebec.model.quota.QuotaScope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Counts what a namespace's objects use as one image has them. */
final class NamespaceCount implements Account.Counting {
    private static final String COUNT = "count/";
    /** Where names come from that are not a count of their own. */
    private static final List<String> RICH = List.of("/pods", "/services", "/persistentvolumeclaims");

    private final StoreImage image;
    private final Instant now;
    private final Predicate<String> counted;

    /** @param counted whether the controllers keep the count of this {@code <group>/<resource>} */
    NamespaceCount(StoreImage image, Instant now, Predicate<String> counted) {
        this.image = image;
        this.now = now;
        this.counted = counted;
    }

    @Override
    public boolean keeps(String name) {
        return name.startsWith(COUNT) && !counted.test(resource(name));
    }

    @Override
    public Quantity count(ApiObject quota, String name) {
        String namespace = quota.namespace();
        for (String resource : RICH) {
            Evaluator evaluator = Evaluator.of("", resource.substring(1));
            if (!evaluator.uses(Set.of(name)).isEmpty()) {
                return sum(quota, name, evaluator, image.in(resource, namespace).values());
            }
        }
        boolean scoped = !quota.spec().path("scopes").isEmpty() || quota.spec().hasNonNull("scopeSelector");
        return scoped ? Quantity.zero() : Quantity.of(image.in(resource(name), namespace).size());
    }

    /** {@code count/deployments.apps} is about {@code apps/deployments}, and {@code secrets} about {@code /secrets}. */
    private static String resource(String name) {
        String plain = name.startsWith(COUNT) ? name.substring(COUNT.length()) : name;
        int dot = plain.indexOf('.');
        return dot < 0 ? "/" + plain : plain.substring(dot + 1) + "/" + plain.substring(0, dot);
    }

    private Quantity sum(ApiObject quota, String name, Evaluator evaluator, Iterable<CachedObject> objects) {
        Quantity sum = Quantity.zero();
        for (CachedObject cached : objects) {
            ApiObject object = cached.parse();
            if (QuotaScope.covers(quota.tree(), Set.of(name), evaluator, object.tree())) {
                Map<String, Quantity> usage = evaluator.usage(object.tree(), now);
                sum = sum.add(usage.getOrDefault(name, Quantity.zero()));
            }
        }
        return sum;
    }
}
