package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.structure.InternalForm;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
            images(spec.path(list), "spec." + list, findings);
            takeBack(spec.path(list), old.path(list), "image");
        }
        if (!activeDeadline(spec, old, findings)) {
            return;
        }
        tolerations(spec, old, findings);
        schedulingGates(spec, old, findings);
        if (spec.path("terminationGracePeriodSeconds").asLong() == 1
                && old.path("terminationGracePeriodSeconds").asLong() < 0) {
            put(spec, old, "terminationGracePeriodSeconds");
        }
        if (!Findings.absent(old.path("schedulingGates"))) {
            PodGateRules.narrowed(spec, old, findings);
        }
        String difference = InternalForm.difference(findings.form("spec", old), findings.form("spec", spec));
        if (!difference.isEmpty()) {
            findings.forbidden("spec", FORBIDDEN + "\n" + difference);
        }
    }

    /** Containers that look into a running pod come, and stay as they came. */
    static void ephemeral(ObjectNode now, ObjectNode before, Findings findings) {
        Map<String, JsonNode> wanted = new HashMap<>();
        now.path("spec").path("ephemeralContainers").forEach(one -> wanted.put(Findings.text(one, "name"), one));
        String path = "spec.ephemeralContainers";
        for (JsonNode container : before.path("spec").path("ephemeralContainers")) {
            String name = Findings.text(container, "name");
            JsonNode again = wanted.get(name);
            if (again == null) {
                findings.forbidden(path, "existing ephemeral containers \"" + name + "\" may not be removed\n");
                continue;
            }
            String difference = InternalForm.difference(findings.form(path + "[0]", container),
                    findings.form(path + "[0]", again));
            if (!difference.isEmpty()) {
                findings.forbidden(path,
                        "existing ephemeral containers \"" + name + "\" may not be changed\n" + difference);
            }
        }
    }

    private static void images(JsonNode containers, String path, Findings findings) {
        for (int at = 0; at < containers.size(); at++) {
            String image = Findings.text(containers.get(at), "image");
            String where = path + "[" + at + "].image";
            if (image.isEmpty()) {
                findings.required(where, "");
            } else if (!image.equals(image.strip())) {
                findings.invalid(where, image, "must not have leading or trailing whitespace");
            }
        }
    }

    static void takeBack(JsonNode containers, JsonNode old, String field) {
        for (int at = 0; at < containers.size() && at < old.size(); at++) {
            if (containers.get(at) instanceof ObjectNode container && old.get(at) instanceof ObjectNode before) {
                put(container, before, field);
            }
        }
    }

    static void put(ObjectNode target, ObjectNode source, String field) {
        JsonNode value = source.get(field);
        if (value == null) {
            target.remove(field);
        } else {
            target.set(field, value);
        }
    }

    /** Whether the rest is worth looking at. */
    private static boolean activeDeadline(ObjectNode spec, ObjectNode old, Findings findings) {
        String path = "spec.activeDeadlineSeconds";
        JsonNode now = spec.path("activeDeadlineSeconds");
        JsonNode before = old.path("activeDeadlineSeconds");
        if (now.isNumber() && (now.asLong() < 0 || now.asLong() > Integer.MAX_VALUE)) {
            findings.range(path, now, 0, Integer.MAX_VALUE);
            return false;
        }
        if (now.isNumber() && before.isNumber() && now.asLong() > before.asLong()) {
            findings.invalid(path, now, "must be less than or equal to previous value");
            return false;
        }
        if (!now.isNumber() && before.isNumber()) {
            findings.invalid(path, Findings.NOTHING, "must not update from a positive integer to nil value");
        }
        put(spec, old, "activeDeadlineSeconds");
        return true;
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
        JsonNode gates = spec.path("schedulingGates");
        for (int at = 0; at < gates.size(); at++) {
            String name = Findings.text(gates.get(at), "name");
            if (!before.contains(name)) {
                findings.forbidden("spec.schedulingGates[" + at + "].name",
                        "only deletion is allowed, but found new scheduling gate '" + name + "'");
            }
        }
        put(spec, old, "schedulingGates");
    }
}
