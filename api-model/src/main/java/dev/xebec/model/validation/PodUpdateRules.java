package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What may change about a pod. Everything but a short list is fixed once the pod exists.
 *
 * <p>Source: {@code pkg/apis/core/validation/validation.go} of Kubernetes, ValidatePodUpdate.
 */
final class PodUpdateRules {
    private static final String FORBIDDEN = "pod updates may not change fields other than "
            + "`spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
            + "`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` "
            + "(allow it to be set to 1 if it was previously negative)";

    private PodUpdateRules() {}

    static void check(ObjectNode now, ObjectNode before, Findings findings) {
        ObjectNode spec = MetadataRules.object(now, "spec").deepCopy();
        ObjectNode old = MetadataRules.object(before, "spec");
        for (String list : List.of("containers", "initContainers")) {
            if (spec.path(list).size() != old.path(list).size()) {
                findings.forbidden("spec." + list, "pod updates may not add or remove containers");
                return;
            }
            takeBack(spec.path(list), old.path(list), "image");
        }
        activeDeadline(spec, old, findings);
        tolerations(spec, old, findings);
        schedulingGates(spec, old, findings);
        if (spec.path("terminationGracePeriodSeconds").asLong() == 1
                && old.path("terminationGracePeriodSeconds").asLong() < 0) {
            put(spec, old, "terminationGracePeriodSeconds");
        }
        if (!Findings.absent(old.path("schedulingGates"))) {
            gated(spec, old, findings);
        }
        if (!sameSpec(spec, old)) {
            findings.forbidden("spec", FORBIDDEN + "\n" + difference(spec, old));
        }
    }

    static void subresource(String name, ObjectNode now, ObjectNode before, Findings findings) {
        ObjectNode spec = MetadataRules.object(now, "spec").deepCopy();
        ObjectNode old = MetadataRules.object(before, "spec");
        if (name.equals("ephemeralcontainers")) {
            JsonNode added = spec.path("ephemeralContainers");
            for (JsonNode container : old.path("ephemeralContainers")) {
                if (!contains(added, container)) {
                    findings.forbidden("spec.ephemeralContainers", "existing ephemeral containers \""
                            + Findings.text(container, "name") + "\" may not be changed\n");
                }
            }
            put(spec, old, "ephemeralContainers");
        } else {
            for (String list : List.of("containers", "initContainers")) {
                takeBack(spec.path(list), old.path(list), "resources");
                takeBack(spec.path(list), old.path(list), "resizePolicy");
            }
            put(spec, old, "resources");
        }
        if (!sameSpec(spec, old)) {
            findings.forbidden("spec", "only changes through the " + name + " subresource are allowed here\n"
                    + difference(spec, old));
        }
    }

    private static boolean contains(JsonNode list, JsonNode wanted) {
        for (JsonNode one : list) {
            if (Findings.same(one, wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean sameSpec(ObjectNode spec, ObjectNode old) {
        return difference(spec, old).isEmpty();
    }

    /** The first-level fields that differ. */
    private static String difference(ObjectNode spec, ObjectNode old) {
        Set<String> fields = new java.util.TreeSet<>();
        spec.fieldNames().forEachRemaining(fields::add);
        old.fieldNames().forEachRemaining(fields::add);
        StringBuilder changed = new StringBuilder();
        for (String field : fields) {
            if (!Findings.same(spec.path(field), old.path(field))) {
                changed.append(changed.isEmpty() ? "changed: " : ", ").append(field);
            }
        }
        return changed.toString();
    }

    private static void takeBack(JsonNode containers, JsonNode old, String field) {
        for (int at = 0; at < containers.size() && at < old.size(); at++) {
            if (containers.get(at) instanceof ObjectNode container && old.get(at) instanceof ObjectNode before) {
                put(container, before, field);
            }
        }
    }

    private static void put(ObjectNode target, ObjectNode source, String field) {
        JsonNode value = source.get(field);
        if (value == null) {
            target.remove(field);
        } else {
            target.set(field, value);
        }
    }

    private static void activeDeadline(ObjectNode spec, ObjectNode old, Findings findings) {
        JsonNode now = spec.path("activeDeadlineSeconds");
        JsonNode before = old.path("activeDeadlineSeconds");
        if (now.isNumber() && before.isNumber() && now.asLong() > before.asLong()) {
            findings.invalid("spec.activeDeadlineSeconds", now, "must be less than or equal to previous value");
        } else if (!now.isNumber() && before.isNumber()) {
            findings.invalid("spec.activeDeadlineSeconds", "null",
                    "must not update from a positive integer to nil value");
        }
        put(spec, old, "activeDeadlineSeconds");
    }

    private static void tolerations(ObjectNode spec, ObjectNode old, Findings findings) {
        for (JsonNode toleration : old.path("tolerations")) {
            boolean kept = false;
            for (JsonNode now : spec.path("tolerations")) {
                kept |= Findings.same(withoutSeconds(now), withoutSeconds(toleration));
            }
            if (!kept) {
                findings.forbidden("spec.tolerations",
                        "existing toleration can not be modified except its tolerationSeconds");
                break;
            }
        }
        put(spec, old, "tolerations");
    }

    private static JsonNode withoutSeconds(JsonNode toleration) {
        return toleration instanceof ObjectNode object ? object.deepCopy().without("tolerationSeconds") : toleration;
    }

    private static void schedulingGates(ObjectNode spec, ObjectNode old, Findings findings) {
        Set<String> before = new HashSet<>();
        old.path("schedulingGates").forEach(gate -> before.add(Findings.text(gate, "name")));
        for (JsonNode gate : spec.path("schedulingGates")) {
            if (!before.contains(Findings.text(gate, "name"))) {
                findings.forbidden("spec.schedulingGates", "only deletion is allowed, but found new scheduling gate '"
                        + Findings.text(gate, "name") + "'");
            }
        }
        put(spec, old, "schedulingGates");
    }

    /** While a pod is kept from scheduling, where it may run can be narrowed. */
    private static void gated(ObjectNode spec, ObjectNode old, Findings findings) {
        old.path("nodeSelector").properties().forEach(label -> {
            if (!label.getValue().equals(spec.path("nodeSelector").path(label.getKey()))) {
                findings.invalid("spec.nodeSelector", spec.path("nodeSelector"),
                        "only additions are allowed (no mutations or deletions)");
            }
        });
        put(spec, old, "nodeSelector");
        JsonNode terms = old.path("affinity").path("nodeAffinity")
                .path("requiredDuringSchedulingIgnoredDuringExecution");
        if (!(terms.path("nodeSelectorTerms") instanceof ArrayNode)) {
            put(spec, old, "affinity");
        }
    }
}
