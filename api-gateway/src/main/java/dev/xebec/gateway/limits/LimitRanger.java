package dev.xebec.gateway.limits;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.quantity.Quantity;
import dev.xebec.model.quota.Amounts;
import dev.xebec.model.quota.PodAmounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Applies one LimitRange. Pure but for the pod that is given defaults.
 *
 * <p>Source: k/k {@code plugin/pkg/admission/limitranger/admission.go}.
 */
public final class LimitRanger {
    private static final String ANNOTATION = "kubernetes.io/limit-ranger";
    private static final List<String> CONTAINERS = List.of("containers", "initContainers");

    private LimitRanger() {}

    /** Gives a pod's containers the requests and limits that they do not have; in place. */
    public static void fill(ObjectNode limitRange, ObjectNode pod) {
        Map<String, Quantity> limits = new TreeMap<>();
        Map<String, Quantity> requests = new TreeMap<>();
        for (Limit limit : Limit.of(limitRange)) {
            if (limit.type().equals(Limit.CONTAINER)) {
                limits.putAll(limit.defaults());
                requests.putAll(limit.defaultRequests());
            }
        }
        if (limits.isEmpty() && requests.isEmpty()) {
            return;
        }
        List<String> notes = new ArrayList<>();
        for (String list : CONTAINERS) {
            for (JsonNode container : pod.path("spec").path(list)) {
                String what = (list.equals("containers") ? "container " : "init container ")
                        + container.path("name").asText("");
                note(notes, fill((ObjectNode) container, "requests", requests), " request for " + what);
                note(notes, fill((ObjectNode) container, "limits", limits), " limit for " + what);
            }
        }
        if (!notes.isEmpty()) {
            ObjectNode metadata = child(pod, "metadata");
            child(metadata, "annotations").put(ANNOTATION, "LimitRanger plugin set: " + String.join("; ", notes));
        }
    }

    private static void note(List<String> notes, List<String> set, String where) {
        if (!set.isEmpty()) {
            notes.add(String.join(", ", set) + where);
        }
    }

    /** The resources that were not there and are now, sorted. */
    private static List<String> fill(ObjectNode container, String field, Map<String, Quantity> defaults) {
        List<String> set = new ArrayList<>();
        defaults.forEach((resource, amount) -> {
            if (!container.path("resources").path(field).has(resource)) {
                child(child(container, "resources"), field).put(resource, amount.toString());
                set.add(resource);
            }
        });
        return set;
    }

    private static ObjectNode child(ObjectNode parent, String field) {
        return parent.get(field) instanceof ObjectNode there ? there : parent.putObject(field);
    }

    /** What is wrong with a pod; empty for nothing. */
    public static List<String> checkPod(ObjectNode limitRange, ObjectNode pod) {
        List<String> errors = new ArrayList<>();
        for (Limit limit : Limit.of(limitRange)) {
            switch (limit.type()) {
                case Limit.CONTAINER -> {
                    for (String list : CONTAINERS) {
                        for (JsonNode container : pod.path("spec").path(list)) {
                            JsonNode resources = container.path("resources");
                            check(limit, new Bounds(Limit.CONTAINER, Amounts.of(resources.path("requests")),
                                    Amounts.of(resources.path("limits")), errors));
                        }
                    }
                }
                case Limit.POD -> check(limit, new Bounds(Limit.POD, PodAmounts.requests(pod),
                        PodAmounts.limits(pod), errors));
                default -> {
                }
            }
        }
        return errors;
    }

    private static void check(Limit limit, Bounds bounds) {
        limit.min().forEach(bounds::min);
        limit.max().forEach(bounds::max);
        limit.ratios().forEach(bounds::ratio);
    }

    /** What is wrong with a claim. */
    public static List<String> checkClaim(ObjectNode limitRange, ObjectNode claim) {
        List<String> errors = new ArrayList<>();
        for (Limit limit : Limit.of(limitRange)) {
            if (limit.type().equals(Limit.CLAIM)) {
                Bounds bounds = new Bounds(Limit.CLAIM,
                        Amounts.of(claim.path("spec").path("resources").path("requests")), Map.of(), errors);
                limit.min().forEach(bounds::min);
                limit.max().forEach(bounds::maxRequest);
            }
        }
        return errors;
    }
}
