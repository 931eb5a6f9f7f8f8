package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;

/**
 * Where a pod may run can be narrowed while gates keep it from being scheduled.
 *
 * <p>Source: {@code pkg/apis/core/validation/validation.go} of Kubernetes, ValidatePodUpdate.
 */
final class PodGateRules {
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String TERMS = "spec.affinity.nodeAffinity." + REQUIRED + ".nodeSelectorTerms";

    private PodGateRules() {}

    /** Judges the selector and the affinity, and takes them back in the spec that is to be compared. */
    static void narrowed(ObjectNode spec, ObjectNode old, Findings findings) {
        JsonNode selector = spec.path("nodeSelector");
        boolean kept = old.path("nodeSelector").propertyStream()
                .allMatch(label -> label.getValue().equals(selector.path(label.getKey())));
        if (!kept) {
            findings.invalid("spec.nodeSelector", selector.isMissingNode() ? Findings.NOTHING : selector,
                    "only additions to spec.nodeSelector are allowed (no mutations or deletions)");
        }
        PodUpdateRules.put(spec, old, "nodeSelector");
        JsonNode affinity = spec.path("affinity").path("nodeAffinity");
        JsonNode before = old.path("affinity").path("nodeAffinity");
        if (!Findings.same(affinity, before)) {
            terms(affinity.path(REQUIRED).path("nodeSelectorTerms"), before.path(REQUIRED).path("nodeSelectorTerms"),
                    findings);
            takeBack(spec, old, before);
        }
    }

    private static void terms(JsonNode terms, JsonNode before, Findings findings) {
        if (!before.isEmpty() && before.size() != terms.size()) {
            findings.invalid(TERMS, terms.isMissingNode() ? Findings.NOTHING : terms,
                    "no additions/deletions to non-empty NodeSelectorTerms list are allowed");
            return;
        }
        for (int at = 0; at < before.size(); at++) {
            if (!addsOnly(terms.get(at), before.get(at))) {
                findings.invalid(TERMS + "[" + at + "]", terms.get(at),
                        "only additions are allowed (no mutations or deletions)");
            }
        }
    }

    private static boolean addsOnly(JsonNode term, JsonNode before) {
        boolean nothing = before.path("matchExpressions").isEmpty() && before.path("matchFields").isEmpty();
        boolean something = !term.path("matchExpressions").isEmpty() || !term.path("matchFields").isEmpty();
        return !(nothing && something) && begins(term.path("matchExpressions"), before.path("matchExpressions"))
                && begins(term.path("matchFields"), before.path("matchFields"));
    }

    private static boolean begins(JsonNode list, JsonNode before) {
        for (int at = 0; at < before.size(); at++) {
            if (at >= list.size() || !Findings.same(list.get(at), before.get(at))) {
                return false;
            }
        }
        return true;
    }

    private static void takeBack(ObjectNode spec, ObjectNode old, JsonNode before) {
        if (spec.get("affinity") instanceof ObjectNode affinity) {
            boolean alone = affinity.path("podAffinity").isMissingNode()
                    && affinity.path("podAntiAffinity").isMissingNode();
            if (!old.hasNonNull("affinity") && alone) {
                spec.remove("affinity");
            } else if (before.isMissingNode()) {
                affinity.remove("nodeAffinity");
            } else {
                affinity.set("nodeAffinity", before);
            }
        } else if (!before.isMissingNode()) {
            spec.set("affinity", Json.object().set("nodeAffinity", before));
        }
    }
}
