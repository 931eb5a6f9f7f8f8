package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules of nodes, leases, budgets, quotas, priorities, autoscalers and events. */
final class ClusterRules {
    private static final long MAX_USER_PRIORITY = 1_000_000_000;
    private static final Map<String, Long> SYSTEM_PRIORITIES = Map.of("system-node-critical", 2_000_001_000L,
            "system-cluster-critical", 2_000_000_000L);

    private ClusterRules() {}

    static void node(ObjectNode spec, String path, Findings findings) {
        Set<String> seen = new HashSet<>();
        JsonNode taints = spec.path("taints");
        for (int at = 0; at < taints.size(); at++) {
            String where = TypeRule.at(path, "taints", at);
            String key = Findings.text(taints.get(at), "key");
            String value = Findings.text(taints.get(at), "value");
            if (!key.isEmpty()) {
                findings.invalid(where + ".key", key, Names.qualified(key));
            }
            findings.invalid(where + ".value", value, Names.labelValue(value));
            if (!seen.add(key + ":" + Findings.text(taints.get(at), "effect"))) {
                findings.duplicate(where, taints.get(at));
            }
        }
        String cidr = Findings.text(spec, "podCIDR");
        if (!cidr.isEmpty() && !Addresses.validCidr(cidr)) {
            findings.invalid(TypeRule.at(path, "podCIDR"), cidr, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or "
                    + "2001:db8::/64)");
        }
    }

    static void updateNode(ObjectNode now, ObjectNode before, Findings findings) {
        for (String field : List.of("podCIDR", "podCIDRs", "providerID")) {
            JsonNode old = before.path("spec").path(field);
            if (!Findings.absent(old) && !Findings.same(now.path("spec").path(field), old)) {
                findings.forbidden("spec." + field, "node updates may not change " + field
                        + " except from \"\" to valid");
            }
        }
    }

    static void quota(ObjectNode spec, String path, Findings findings) {
        for (Map.Entry<String, JsonNode> entry : spec.path("hard").properties()) {
            String where = TypeRule.at(path, "hard") + "[" + entry.getKey() + "]";
            QuotaNames.check(entry.getKey(), where, findings);
            if (ContainerRules.quantity(entry.getValue()).signum() < 0) {
                findings.invalid(where, entry.getValue(), Findings.NOT_NEGATIVE);
            }
        }
        QuotaScopeRules.check(spec, path, findings);
    }

    static void priorityClass(ObjectNode object, String path, Findings findings) {
        String name = Findings.text(object.path("metadata"), "name");
        if (name.startsWith("system-")) {
            Long known = SYSTEM_PRIORITIES.get(name);
            String wrong = known == null
                    ? name + " is not a known system priority class"
                    : known != object.path("value").asLong()
                            ? "value of " + name + " PriorityClass must be " + known
                            : object.path("globalDefault").asBoolean()
                                    ? "globalDefault of " + name + " PriorityClass must be false"
                                    : "";
            if (!wrong.isEmpty()) {
                findings.forbidden("metadata.name", "priority class names with 'system-' prefix are reserved for "
                        + "system use only. error: " + wrong);
            }
        } else if (object.path("value").asLong() > MAX_USER_PRIORITY) {
            findings.forbidden("value",
                    "maximum allowed value of a user defined priority is " + MAX_USER_PRIORITY);
        }
    }

    static void updatePriorityClass(ObjectNode now, ObjectNode before, Findings findings) {
        if (now.path("value").asLong() != before.path("value").asLong()) {
            findings.forbidden("value", "may not be changed in an update.");
        }
        findings.immutable("preemptionPolicy", now.path("preemptionPolicy"), before.path("preemptionPolicy"));
    }

    static void lease(ObjectNode spec, String path, Findings findings) {
        JsonNode duration = spec.path("leaseDurationSeconds");
        if (duration.isNumber() && duration.asLong() <= 0) {
            findings.invalid(TypeRule.at(path, "leaseDurationSeconds"), duration, "must be greater than 0");
        }
        // An empty holder is one that has let go: client-go releases a lease so.
        if (!Findings.text(spec, "preferredHolder").isEmpty() && Findings.text(spec, "strategy").isEmpty()) {
            findings.forbidden(TypeRule.at(path, "preferredHolder"), "may only be specified if `strategy` is defined");
        }
    }

    static void disruptionBudget(ObjectNode spec, String path, Findings findings) {
        if (spec.hasNonNull("minAvailable") && spec.hasNonNull("maxUnavailable")) {
            findings.invalid(path, spec, "minAvailable and maxUnavailable cannot be both set");
        }
        for (String field : List.of("minAvailable", "maxUnavailable")) {
            WorkloadRules.amount(spec.path(field), TypeRule.at(path, field), findings);
        }
    }

    static void event(ObjectNode event, String path, Findings findings) {
        String involved = Findings.text(event.path("involvedObject"), "namespace");
        String own = Findings.text(event.path("metadata"), "namespace");
        if (!involved.isEmpty() && !involved.equals(own)) {
            findings.invalid("involvedObject.namespace", involved, "does not match event.namespace");
        } else if (involved.isEmpty() && !own.equals("default") && !own.startsWith("kube-")) {
            findings.invalid("involvedObject.namespace", involved, "does not match event.namespace");
        }
    }
}
