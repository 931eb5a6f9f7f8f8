package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.model.strategy.QosClass;
import java.util.List;

/**
 * What a resize may change about a running pod: cpu and memory of its containers, or of the pod as a whole.
 *
 * <p>Source: {@code pkg/apis/core/validation/validation.go} of Kubernetes, ValidatePodResize.
 */
final class PodResizeRules {
    private static final String ONLY = "only cpu and memory resources are mutable";
    private static final List<String> RESIZABLE = List.of("cpu", "memory");
    private static final List<String> AMOUNTS = List.of("requests", "limits");

    private PodResizeRules() {}

    static void check(ObjectNode now, ObjectNode before, Findings findings) {
        ObjectNode spec = MetadataRules.object(now, "spec").deepCopy();
        ObjectNode old = MetadataRules.object(before, "spec");
        if (now.path("metadata").path("annotations").has("kubernetes.io/config.mirror")) {
            findings.forbidden("", "static pods cannot be resized");
            return;
        }
        if (Findings.text(old.path("os"), "name").equals("windows")) {
            findings.forbidden("", "windows pods cannot be resized");
            return;
        }
        int known = findings.size();
        quality(now, before, findings);
        if (!supported(before.path("status"))) {
            findings.forbidden("spec", "Pod running on node without support for resize");
        }
        ofPod(spec, old, findings);
        if (!sameContainers(spec, old, findings)) {
            return;
        }
        for (String list : List.of("initContainers", "containers")) {
            for (int at = 0; at < old.path(list).size(); at++) {
                JsonNode container = spec.path(list).get(at);
                JsonNode oldContainer = old.path(list).get(at);
                if (list.equals("containers") || Findings.text(oldContainer, "restartPolicy").equals("Always")) {
                    kept(container.path("resources"), oldContainer.path("resources"),
                            "spec." + list + "[" + at + "].resources", "resource ", findings);
                }
            }
        }
        containers(spec, old, findings);
        if (findings.size() == known && !Findings.same(spec, old)) {
            findings.forbidden("spec", ONLY);
        }
    }

    private static void quality(ObjectNode now, ObjectNode before, Findings findings) {
        String quality = Findings.text(before.path("status"), "qosClass");
        if (!(quality.isEmpty() ? QosClass.of(before) : quality).equals(QosClass.of(now))) {
            findings.invalid("spec", Findings.text(now.path("status"), "qosClass"),
                    "Pod QOS Class may not change as a result of resizing");
        }
    }

    /** A node that tells what its running containers have can change it. */
    private static boolean supported(JsonNode status) {
        for (JsonNode container : status.path("containerStatuses")) {
            if (container.path("state").hasNonNull("running")) {
                return container.hasNonNull("resources");
            }
        }
        return true;
    }

    private static void ofPod(ObjectNode spec, ObjectNode old, Findings findings) {
        JsonNode now = spec.path("resources");
        JsonNode before = old.path("resources");
        if (Findings.absent(now) && Findings.absent(before)) {
            return;
        }
        if (before.isObject() && !now.isObject()) {
            findings.forbidden("spec.resources", "pod-level resources cannot be removed");
            return;
        }
        kept(now, before, "spec.resources", "pod-level resource ", findings);
        takeBack(spec, old);
        if (!Findings.same(spec.path("resources"), before)) {
            findings.forbidden("spec", ONLY + " at pod-level");
        }
    }

    private static boolean sameContainers(ObjectNode spec, ObjectNode old, Findings findings) {
        int known = findings.size();
        for (String list : List.of("containers", "initContainers")) {
            if (spec.path(list).size() != old.path(list).size()) {
                findings.forbidden("spec." + list, list + " may not be added or removed on resize");
                continue;
            }
            for (int at = 0; at < old.path(list).size(); at++) {
                if (!Findings.text(spec.path(list).get(at), "name")
                        .equals(Findings.text(old.path(list).get(at), "name"))) {
                    findings.forbidden("spec." + list + "[" + at + "].name",
                            list + " may not be renamed or reordered on resize");
                }
            }
        }
        return findings.size() == known;
    }

    /** What was asked for or limited stays so. */
    private static void kept(JsonNode now, JsonNode before, String path, String what, Findings findings) {
        for (String amounts : AMOUNTS) {
            boolean removed = before.path(amounts).propertyStream()
                    .anyMatch(amount -> !now.path(amounts).has(amount.getKey()));
            if (removed) {
                findings.forbidden(path + "." + amounts, what + amounts + " cannot be removed");
            }
        }
    }

    private static void containers(ObjectNode spec, ObjectNode old, Findings findings) {
        for (String list : List.of("containers", "initContainers")) {
            for (int at = 0; at < old.path(list).size(); at++) {
                if (!(spec.path(list).get(at) instanceof ObjectNode container)
                        || !(old.path(list).get(at) instanceof ObjectNode before)) {
                    continue;
                }
                boolean main = list.equals("containers");
                boolean changed = !Findings.same(container, before);
                if (!main && !Findings.text(container, "restartPolicy").equals("Always")) {
                    if (changed) {
                        findings.forbidden("spec", "resources for non-sidecar init containers are immutable");
                    }
                    continue;
                }
                takeBack(container, before);
                if (!Findings.same(container, before)) {
                    findings.forbidden(main ? "spec" : "spec." + list + "[" + at + "]",
                            main ? ONLY : "only cpu and memory resources for init or sidecar containers are mutable");
                }
            }
        }
    }

    /** Cpu and memory as they were, in the spec that is to be compared. */
    private static void takeBack(ObjectNode holder, ObjectNode before) {
        ObjectNode resources = holder.get("resources") instanceof ObjectNode own ? own.deepCopy() : Json.object();
        for (String amounts : AMOUNTS) {
            ObjectNode amount = resources.get(amounts) instanceof ObjectNode own ? own : Json.object();
            amount.remove(RESIZABLE);
            for (String name : RESIZABLE) {
                JsonNode was = before.path("resources").path(amounts).path(name);
                if (!was.isMissingNode()) {
                    amount.set(name, was);
                }
            }
            if (amount.isEmpty()) {
                resources.remove(amounts);
            } else {
                resources.set(amounts, amount);
            }
        }
        if (resources.isEmpty() && Findings.absent(before.path("resources"))) {
            PodUpdateRules.put(holder, before, "resources");
        } else {
            holder.set("resources", resources);
        }
    }
}
