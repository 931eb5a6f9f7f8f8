package dev.xebec.gateway.quota;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.registry.Commits;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.quantity.Quantity;
import dev.xebec.model.quota.Amounts;
import dev.xebec.model.quota.Evaluator;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Charges quotas. What is stored and what its quotas say is used change in one transaction, on the condition that the quotas
 * are as they were judged: so no more than is allowed is ever stored, whichever gateways race. What goes away is taken off
 * by the controllers, which count from scratch. Thread-safe.
 *
 * <p>Source: apiserver {@code pkg/admission/plugin/resourcequota}.
 */
public final class QuotaLedger {
    /** Namespaces whose ledger is kept; an idle ledger is worth nothing, so all go when there are more. */
    private static final int MAX_LEDGERS = 10_000;

    private final Supplier<StoreImage> images;
    private final Supplier<StoreImage> newest;
    private final Commits commits;
    private final InstantSource clock;
    private final Predicate<String> counted;
    private final ConcurrentHashMap<String, NamespaceLedger> ledgers = new ConcurrentHashMap<>();

    /**
     * @param newest an image that has every write that was acknowledged before it was asked for
     * @param counted whether the controllers keep the count of a {@code <group>/<resource>}
     */
    public QuotaLedger(Supplier<StoreImage> images, Supplier<StoreImage> newest, Commits commits, InstantSource clock,
            Predicate<String> counted) {
        this.images = images;
        this.newest = newest;
        this.commits = commits;
        this.clock = clock;
        this.counted = counted;
    }

    /**
     * What a write is to be charged for; null for nothing, without any work where the namespace has no quota.
     *
     * @param before null for a new object
     */
    public @Nullable Demand demand(Kind kind, ObjectKey key, String subresource, ObjectNode object,
            @Nullable ObjectNode before) {
        if (!kind.namespaced() || !NamespaceLedger.any(images.get(), key.namespace())
                || kind.plural().equals(GroupVersionResource.EVENTS.resource())) {
            return null;
        }
        Evaluator evaluator = Evaluator.of(kind.name().group(), kind.plural());
        if (before == null ? !subresource.isEmpty() : !evaluator.chargesUpdate(subresource)) {
            return null;
        }
        Map<String, Quantity> usage = evaluator.usage(object, clock.instant());
        Map<String, Quantity> negative = new TreeMap<>(usage);
        negative.values().removeIf(amount -> amount.signum() >= 0);
        if (!negative.isEmpty()) {
            throw new RejectedException(Status.forbidden(kind.resource(), key.name(),
                    "quota usage is negative for resource(s): " + String.join(",", negative.keySet())));
        }
        Map<String, Quantity> increase = Amounts.increase(usage,
                before == null ? Map.of() : evaluator.usage(before, clock.instant()));
        return increase.isEmpty()
                ? null
                : new Demand(key.namespace(), kind.resource(), key.name(), evaluator, object, increase);
    }

    /** Refuses what would be too much, as a dry run does: no guard would tell it that its picture is old. */
    public void check(Demand demand) {
        ledger(demand.namespace()).check(demand, newest.get());
    }

    /** Commits with the charge; refuses what would be too much. */
    public TxnResult commit(Demand demand, Txn txn) {
        return ledger(demand.namespace()).commit(Pending.of(demand, txn));
    }

    private NamespaceLedger ledger(String namespace) {
        if (ledgers.size() > MAX_LEDGERS) {
            ledgers.clear();
        }
        return ledgers.computeIfAbsent(namespace, name -> new NamespaceLedger(name, images, newest, commits,
                image -> new NamespaceCount(image, clock.instant(), counted)));
    }
}
