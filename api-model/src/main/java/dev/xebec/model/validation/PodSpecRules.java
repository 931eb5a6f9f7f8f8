package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import dev.xebec.model.status.FieldError;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Rules of a pod's spec. Source: {@code pkg/apis/core/validation/validation.go} of Kubernetes. */
final class PodSpecRules {
    static final List<String> CONTAINER_LISTS = List.of("initContainers", "containers", "ephemeralContainers");

    /** Of two with one name, that of the later list is reported. */
    private static final List<String> NAMING_ORDER = List.of("containers", "initContainers", "ephemeralContainers");

    private PodSpecRules() {}

    static void check(ObjectNode spec, String path, Findings findings) {
        Map<String, JsonNode> volumes = volumes(spec, path, findings);
        containers(spec, path, volumes, findings);
        findings.range(TypeRule.at(path, "activeDeadlineSeconds"), spec.path("activeDeadlineSeconds"), 1,
                Integer.MAX_VALUE);
        MetadataRules.labels(spec.path("nodeSelector"), TypeRule.at(path, "nodeSelector"), findings);
        name(spec, "serviceAccountName", path, true, findings);
        name(spec, "nodeName", path, true, findings);
        name(spec, "priorityClassName", path, true, findings);
        name(spec, "runtimeClassName", path, true, findings);
        name(spec, "hostname", path, false, findings);
        name(spec, "subdomain", path, false, findings);
        PodNetworkRules.check(spec, path, findings);
        SecurityRules.ofSpec(spec, path, findings);
        AffinityRules.spreads(spec.path("topologySpreadConstraints"), path, findings);
        gates(spec, path, findings);
        claims(spec, path, findings);
        if (spec.get("overhead") instanceof ObjectNode overhead) {
            ContainerRules.amounts(overhead, TypeRule.at(path, "overhead.limits"), findings);
        }
    }

    private static void name(ObjectNode spec, String field, String path, boolean subdomain, Findings findings) {
        String name = Findings.text(spec, field);
        if (!name.isEmpty()) {
            findings.invalid(TypeRule.at(path, field), name, subdomain ? Names.subdomain(name) : Names.label(name));
        }
    }

    private static Map<String, JsonNode> volumes(ObjectNode spec, String path, Findings findings) {
        Map<String, JsonNode> names = new HashMap<>();
        JsonNode volumes = spec.path("volumes");
        for (int at = 0; at < volumes.size(); at++) {
            String name = Findings.text(volumes.get(at), "name");
            String where = TypeRule.at(path, "volumes", at) + ".name";
            if (!name.isEmpty()) {
                findings.invalid(where, name, Names.label(name));
                if (names.put(name, volumes.get(at)) != null) {
                    findings.duplicate(where, name);
                }
            }
        }
        return names;
    }

    private static void containers(ObjectNode spec, String path, Map<String, JsonNode> volumes, Findings findings) {
        Set<String> names = new HashSet<>();
        long grace = spec.path("terminationGracePeriodSeconds").asLong();
        for (String list : NAMING_ORDER) {
            JsonNode containers = spec.path(list);
            for (int at = 0; at < containers.size(); at++) {
                JsonNode container = containers.get(at);
                String where = TypeRule.at(path, list, at);
                String name = Findings.text(container, "name");
                if (!name.isEmpty()) {
                    findings.invalid(where + ".name", name, Names.label(name));
                    if (!names.add(name)) {
                        findings.duplicate(where + ".name", name);
                    }
                }
                if (list.equals("initContainers")) {
                    initContainer(container, where, findings);
                }
                EnvRules.fileVolumes(container, where, volumes, findings);
                MountRules.check(container, where, volumes, findings);
                if (!list.equals("ephemeralContainers")
                        && (list.equals("containers") || Findings.text(container, "restartPolicy").equals("Always"))) {
                    ProbeRules.sleep(container, grace, where, findings);
                }
                if (list.equals("ephemeralContainers")) {
                    EphemeralRules.check(container, where, spec, findings);
                }
            }
        }
    }

    /** Only those that keep running beside the others may have probes. */
    private static void initContainer(JsonNode container, String path, Findings findings) {
        if (!Findings.text(container, "restartPolicy").equals("Always")) {
            for (String field : List.of("lifecycle", "livenessProbe", "readinessProbe", "startupProbe")) {
                if (!Findings.absent(container.path(field))) {
                    findings.forbidden(path + "." + field,
                            "may not be set for init containers without restartPolicy=Always");
                }
            }
        }
    }

    private static void gates(ObjectNode spec, String path, Findings findings) {
        Set<String> seen = new HashSet<>();
        JsonNode gates = spec.path("schedulingGates");
        for (int at = 0; at < gates.size(); at++) {
            String name = Findings.text(gates.get(at), "name");
            String where = TypeRule.at(path, "schedulingGates", at);
            if (!name.isEmpty()) {
                findings.invalid(where, name, Names.qualified(name));
            }
            if (!seen.add(name)) {
                findings.duplicate(where, name);
            }
        }
        JsonNode ready = spec.path("readinessGates");
        for (int at = 0; at < ready.size(); at++) {
            String type = Findings.text(ready.get(at), "conditionType");
            if (!type.isEmpty()) {
                findings.invalid(TypeRule.at(path, "readinessGates", at) + ".conditionType", type,
                        Names.qualified(type));
            }
        }
    }

    private static void claims(ObjectNode spec, String path, Findings findings) {
        Set<String> names = new TreeSet<>();
        JsonNode claims = spec.path("resourceClaims");
        for (int at = 0; at < claims.size(); at++) {
            claim(claims.get(at), TypeRule.at(path, "resourceClaims", at), names, findings);
        }
        for (String list : CONTAINER_LISTS) {
            JsonNode containers = spec.path(list);
            for (int at = 0; at < containers.size(); at++) {
                used(containers.get(at), TypeRule.at(path, list, at), names, findings);
            }
        }
        if (spec.path("resources").path("claims").isArray()) {
            findings.forbidden(TypeRule.at(path, "resources") + ".claims",
                    "claims may not be set for Resources at pod-level");
            used(spec, path, names, findings);
        }
    }

    /** The claims that something uses are among the pod's. */
    private static void used(JsonNode holder, String path, Set<String> names, Findings findings) {
        Set<String> used = new HashSet<>();
        JsonNode wanted = holder.path("resources").path("claims");
        for (int at = 0; at < wanted.size(); at++) {
            String name = Findings.text(wanted.get(at), "name");
            String request = Findings.text(wanted.get(at), "request");
            String where = TypeRule.at(path, "resources") + ".claims[" + at + "]";
            if (name.isEmpty()) {
                findings.required(where, "");
                continue;
            }
            if (!request.isEmpty()) {
                findings.invalid(where + ".request", request, Names.label(request));
            }
            if (!used.add(name + "/" + request)) {
                findings.duplicate(where, name);
            }
            if (!names.contains(name)) {
                findings.add(new FieldError(FieldError.Type.NOT_FOUND, where, "Not found: \"" + name
                        + "\": must be one of the names in pod.spec.resourceClaims"
                        + (names.isEmpty() ? " which is empty" : ": " + String.join(", ", names))));
            }
        }
    }

    private static void claim(JsonNode claim, String path, Set<String> names, Findings findings) {
        String name = Findings.text(claim, "name");
        if (!name.isEmpty()) {
            if (names.add(name)) {
                findings.invalid(path + ".name", name, Names.label(name));
            } else {
                findings.duplicate(path + ".name", name);
            }
        }
        boolean direct = claim.hasNonNull("resourceClaimName");
        boolean template = claim.hasNonNull("resourceClaimTemplateName");
        if (direct && template) {
            findings.invalid(path, claim,
                    "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified");
        } else if (!direct && !template) {
            findings.invalid(path, claim, "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
        }
        for (String field : List.of("resourceClaimName", "resourceClaimTemplateName")) {
            if (claim.hasNonNull(field)) {
                findings.invalid(path + "." + field, Findings.text(claim, field),
                        Names.subdomain(Findings.text(claim, field)));
            }
        }
    }
}
