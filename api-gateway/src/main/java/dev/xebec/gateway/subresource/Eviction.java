package dev.xebec.gateway.subresource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an eviction comes to, from a pod and the budgets that protect it. Pure.
 *
 * <p>Source: k/k {@code pkg/registry/core/pod/storage/eviction.go}.
 */
final class Eviction {
    /** Evictions that one budget may have granted and not seen carried out. */
    static final int MAX_GRANTED = 2_000;
    /**
     * After how many seconds a client should ask again while a budget is being worked out. A budget that is used up
     * says no such time: clients would wait for it silently, and drains say by themselves what they wait for.
     */
    static final int RETRY_SECONDS = 10;
    private static final String VIOLATION = "Cannot evict pod as it would violate the pod's disruption budget.";

    private Eviction() {}

    /**
     * The budget with this eviction taken off it; null where the pod may go without one. Refuses where the budget does
     * not allow it.
     *
     * @param budgets those that select the pod
     */
    static @Nullable ObjectNode granted(ApiObject pod, List<ApiObject> budgets, Instant now) {
        if (costsNothing(pod) || budgets.isEmpty()) {
            return null;
        }
        if (budgets.size() > 1) {
            throw new RejectedException(Status.internalError(
                    "This pod has more than one PodDisruptionBudget, which the eviction subresource does not"
                            + " support."));
        }
        ApiObject budget = budgets.get(0);
        return !ready(pod) && unhealthyMayGo(budget) ? null : decremented(pod, budget, now);
    }

    /** A pod that is done, going or not running yet does not count as available. */
    private static boolean costsNothing(ApiObject pod) {
        return pod.deleting() || switch (pod.status().path("phase").asText("")) {
            case "Succeeded", "Failed", "Pending" -> true;
            default -> false;
        };
    }

    private static boolean ready(ApiObject pod) {
        return pod.status().path("conditions").valueStream()
                .anyMatch(condition -> condition.path("type").asText().equals("Ready")
                        && condition.path("status").asText().equals("True"));
    }

    private static boolean unhealthyMayGo(ApiObject budget) {
        if (budget.spec().path("unhealthyPodEvictionPolicy").asText("").equals("AlwaysAllow")) {
            return true;
        }
        int desired = budget.status().path("desiredHealthy").asInt(0);
        return desired > 0 && budget.status().path("currentHealthy").asInt(0) >= desired;
    }

    private static ObjectNode decremented(ApiObject pod, ApiObject budget, Instant now) {
        ObjectNode status = budget.status();
        if (status.path("observedGeneration").asLong(0) < budget.generation()) {
            throw refused("The disruption budget " + budget.name() + " is still being processed by the server.",
                    RETRY_SECONDS);
        }
        int allowed = status.path("disruptionsAllowed").asInt(0);
        if (allowed <= 0) {
            throw refused("The disruption budget " + budget.name() + " needs "
                    + status.path("desiredHealthy").asInt(0) + " healthy pods and has "
                    + status.path("currentHealthy").asInt(0) + " currently", 0);
        }
        if (status.path("disruptedPods").size() >= MAX_GRANTED) {
            throw refused(
                    "The disruption budget " + budget.name() + " has too many evictions that are not confirmed yet.",
                    RETRY_SECONDS);
        }
        ObjectNode next = budget.copy();
        if (!(next.get("status") instanceof ObjectNode changed)) {
            throw new IllegalStateException("a budget that allows disruptions has a status");
        }
        changed.put("disruptionsAllowed", allowed - 1);
        ObjectNode disrupted = changed.get("disruptedPods") instanceof ObjectNode there
                ? there
                : changed.putObject("disruptedPods");
        disrupted.put(pod.name(), time(now));
        return next;
    }

    /** The pod with the condition that says why it goes; null where it has it. */
    static @Nullable ObjectNode marked(ApiObject pod, Instant now) {
        for (JsonNode condition : pod.status().path("conditions")) {
            if (condition.path("type").asText().equals("DisruptionTarget")
                    && condition.path("reason").asText().equals("EvictionByEvictionAPI")) {
                return null;
            }
        }
        ObjectNode next = pod.copy();
        ObjectNode status = next.get("status") instanceof ObjectNode there ? there : next.putObject("status");
        ArrayNode conditions = status.get("conditions") instanceof ArrayNode there
                ? there
                : status.putArray("conditions");
        conditions.addObject().put("type", "DisruptionTarget").put("status", "True")
                .put("lastTransitionTime", time(now))
                .put("reason", "EvictionByEvictionAPI").put("message", "Eviction API: evicting");
        return next;
    }

    private static RejectedException refused(String cause, int retrySeconds) {
        return new RejectedException(
                Status.tooManyRequests(VIOLATION, retrySeconds).cause("DisruptionBudget", cause, ""));
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
