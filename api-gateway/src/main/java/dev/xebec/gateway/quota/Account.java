package dev.xebec.gateway.quota;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.quantity.Quantity;
import dev.xebec.model.quota.Amounts;
import dev.xebec.model.quota.QuotaScope;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * One quota as charges are added up on it: begun from its stored state, used by one thread, written when all are on it.
 *
 * <p>Source: apiserver {@code pkg/admission/plugin/resourcequota/controller.go}, CheckRequest.
 */
final class Account {
    private final ApiObject stored;
    private final Map<String, Quantity> hard;
    private final Counting counting;
    private Map<String, Quantity> used;
    private boolean changed;

    /** @param counting counts from scratch what the quota does not say yet, when it is asked for */
    Account(ApiObject stored, Counting counting) {
        this.stored = stored;
        this.counting = counting;
        this.hard = Amounts.of(stored.spec().path("hard"));
        this.used = Amounts.only(Amounts.of(stored.status().path("used")), hard.keySet());
    }

    /** Counts what a quota's objects use of one name. */
    interface Counting {
        Quantity count(ApiObject quota, String name);

        /** Whether nobody else keeps the count of this name. */
        boolean keeps(String name);
    }

    /** Adds a demand to what is used; refuses, and stays as it was, where that would be too much. */
    void charge(Demand demand) {
        if (!QuotaScope.covers(stored.tree(), hard.keySet(), demand.evaluator(), demand.object())) {
            return;
        }
        Collection<String> limited = demand.evaluator().uses(hard.keySet());
        String missing = demand.evaluator().missing(limited, demand.object());
        if (!missing.isEmpty()) {
            throw forbidden(demand, "failed quota: " + stored.name() + ": " + missing);
        }
        Map<String, Quantity> asked = Amounts.only(demand.increase(), limited);
        for (String name : asked.keySet()) {
            if (!used.containsKey(name)) {
                used = Amounts.add(used, Map.of(name, counting.count(stored, name)));
            }
        }
        Map<String, Quantity> exceeded = exceeded(asked);
        if (!exceeded.isEmpty()) {
            used = new TreeMap<>(used);
            exceeded.keySet().stream().filter(counting::keeps)
                    .forEach(name -> used.put(name, counting.count(stored, name)));
            exceeded = exceeded(asked);
        }
        if (!exceeded.isEmpty()) {
            Collection<String> names = exceeded.keySet();
            throw forbidden(demand, "exceeded quota: " + stored.name() + ", requested: " + Amounts.shown(exceeded)
                    + ", used: " + Amounts.shown(Amounts.only(used, names)) + ", limited: "
                    + Amounts.shown(Amounts.only(hard, names)));
        }
        if (!asked.isEmpty()) {
            used = Amounts.add(used, asked);
            changed = true;
        }
    }

    private Map<String, Quantity> exceeded(Map<String, Quantity> asked) {
        Map<String, Quantity> exceeded = new TreeMap<>();
        asked.forEach((name, amount) -> {
            Quantity after = used.getOrDefault(name, Quantity.zero()).add(amount);
            if (after.compareTo(hard.getOrDefault(name, Quantity.zero())) > 0) {
                exceeded.put(name, amount);
            }
        });
        return exceeded;
    }

    private static RejectedException forbidden(Demand demand, String why) {
        return new RejectedException(Status.forbidden(demand.resource(), demand.name(), why));
    }

    /** What is charged so far, to go back to. */
    Map<String, Quantity> used() {
        return used;
    }

    void backTo(Map<String, Quantity> before) {
        used = before;
    }

    ApiObject stored() {
        return stored;
    }

    /** Whether it has to be written, and with what guard: one that nothing was charged to is left alone. */
    boolean changed() {
        return changed;
    }

    ObjectNode tree() {
        ObjectNode tree = stored.copy();
        ObjectNode status = tree.get("status") instanceof ObjectNode there ? there : tree.putObject("status");
        status.set("hard", tree.path("spec").path("hard").deepCopy());
        status.set("used", Amounts.tree(used));
        return tree;
    }
}
