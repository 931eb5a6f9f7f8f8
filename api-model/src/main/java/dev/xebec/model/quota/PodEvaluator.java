package dev.xebec.model.quota;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.quantity.Quantity;
import dev.xebec.model.strategy.QosClass;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Pods and what they ask for. One that has ended, or should have, uses its place in the store alone.
 *
 * <p>Source: k/k {@code pkg/quota/v1/evaluator/core/pods.go}.
 */
record PodEvaluator() implements Evaluator {
    private static final String PODS = "pods";
    private static final String COUNT = CountEvaluator.COUNT + PODS;
    private static final String REQUESTS = "requests.";
    private static final String LIMITS = "limits.";
    private static final String HUGE_PAGES = "hugepages-";
    /** Requested under their own name too. */
    private static final List<String> COMPUTE = List.of("cpu", "memory", "ephemeral-storage");
    /** A quota of these wants every container to say them. */
    private static final Set<String> STATED = Set.of("cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu",
            "limits.memory");

    @Override
    public boolean chargesUpdate(String subresource) {
        return subresource.equals("resize");
    }

    @Override
    public Set<String> uses(Collection<String> names) {
        Set<String> used = new HashSet<>();
        for (String name : names) {
            String plain = without(LIMITS, without(REQUESTS, name));
            if (name.equals(PODS) || name.equals(COUNT) || COMPUTE.contains(plain)
                    || without(REQUESTS, name).startsWith(HUGE_PAGES)
                    || (name.startsWith(REQUESTS) && extended(without(REQUESTS, name)))) {
                used.add(name);
            }
        }
        return used;
    }

    private static String without(String prefix, String name) {
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }

    /** A resource of somebody's own domain. Source: k/k {@code pkg/apis/core/helper}, IsExtendedResourceName. */
    private static boolean extended(String name) {
        int slash = name.indexOf('/');
        return slash > 0 && !name.substring(0, slash).endsWith("kubernetes.io");
    }

    @Override
    public Map<String, Quantity> usage(ObjectNode pod, Instant now) {
        Map<String, Quantity> usage = new TreeMap<>();
        usage.put(COUNT, Quantity.of(1));
        if (ended(pod, now)) {
            return usage;
        }
        usage.put(PODS, Quantity.of(1));
        usage.putAll(asked(PodAmounts.requestsWithOverhead(pod), PodAmounts.limitsWithOverhead(pod)));
        return usage;
    }

    private static Map<String, Quantity> asked(Map<String, Quantity> requests, Map<String, Quantity> limits) {
        Map<String, Quantity> asked = new TreeMap<>();
        requests.forEach((name, amount) -> {
            if (COMPUTE.contains(name) || name.startsWith(HUGE_PAGES)) {
                asked.put(name, amount);
                asked.put(REQUESTS + name, amount);
            } else if (extended(name)) {
                asked.put(REQUESTS + name, amount);
            }
        });
        limits.forEach((name, amount) -> {
            if (COMPUTE.contains(name)) {
                asked.put(LIMITS + name, amount);
            }
        });
        return asked;
    }

    private static boolean ended(ObjectNode pod, Instant now) {
        String phase = pod.path("status").path("phase").asText("");
        JsonNode metadata = pod.path("metadata");
        Duration grace = Duration.ofSeconds(metadata.path("deletionGracePeriodSeconds").asLong(0));
        boolean overdue = metadata.has("deletionGracePeriodSeconds") && ApiObject
                .instant(metadata.path("deletionTimestamp")).map(end -> now.isAfter(end.plus(grace))).orElse(false);
        return phase.equals("Succeeded") || phase.equals("Failed") || overdue;
    }

    @Override
    public boolean inScope(Scope scope, ObjectNode pod) {
        JsonNode spec = pod.path("spec");
        boolean terminating = spec.path("activeDeadlineSeconds").asLong(-1) >= 0;
        return switch (scope.name()) {
            case Scope.TERMINATING -> terminating;
            case Scope.NOT_TERMINATING -> !terminating;
            case Scope.BEST_EFFORT -> QosClass.of(pod).equals("BestEffort");
            case Scope.NOT_BEST_EFFORT -> !QosClass.of(pod).equals("BestEffort");
            case Scope.PRIORITY_CLASS -> scope.matches(spec.path("priorityClassName").asText(""));
            case Scope.CROSS_NAMESPACE -> looksAcross(spec.path("affinity"));
            default -> false;
        };
    }

    /** Whether a term of affinity is about pods of other namespaces. */
    private static boolean looksAcross(JsonNode affinity) {
        for (String which : List.of("podAffinity", "podAntiAffinity")) {
            for (JsonNode term : affinity.path(which).path("requiredDuringSchedulingIgnoredDuringExecution")) {
                if (across(term)) {
                    return true;
                }
            }
            for (JsonNode term : affinity.path(which).path("preferredDuringSchedulingIgnoredDuringExecution")) {
                if (across(term.path("podAffinityTerm"))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean across(JsonNode term) {
        return !term.path("namespaces").isEmpty() || term.hasNonNull("namespaceSelector");
    }

    @Override
    public String missing(Collection<String> limited, ObjectNode pod) {
        JsonNode spec = pod.path("spec");
        if (!spec.path("resources").path("requests").isEmpty() || !spec.path("resources").path("limits").isEmpty()) {
            return "";
        }
        Map<String, Set<String>> containers = new TreeMap<>();
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : spec.path(list)) {
                JsonNode resources = container.path("resources");
                Set<String> said = asked(Amounts.of(resources.path("requests")), Amounts.of(resources.path("limits")))
                        .keySet();
                for (String name : limited) {
                    if (STATED.contains(name) && !said.contains(name)) {
                        containers.computeIfAbsent(name, first -> new TreeSet<>())
                                .add(container.path("name").asText(""));
                    }
                }
            }
        }
        List<String> words = containers.entrySet().stream()
                .map(entry -> entry.getKey() + " for: " + String.join(",", entry.getValue())).toList();
        return words.isEmpty() ? "" : "must specify " + String.join("; ", words);
    }
}
