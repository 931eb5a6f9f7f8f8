package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules of a pod's spec. Source: {@code pkg/apis/core/validation/validation.go} of Kubernetes. */
final class PodSpecRules {
    static final List<String> CONTAINER_LISTS = List.of("initContainers", "containers", "ephemeralContainers");

    private PodSpecRules() {}

    static void check(ObjectNode spec, String path, Findings findings) {
        if (spec.has("containers") && spec.path("containers").isNull()) {
            findings.required(TypeRule.at(path, "containers"), "");
        }
        Set<String> volumes = volumes(spec, path, findings);
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
        hostPorts(spec, path, findings);
    }

    private static void name(ObjectNode spec, String field, String path, boolean subdomain, Findings findings) {
        String name = Findings.text(spec, field);
        if (!name.isEmpty()) {
            findings.invalid(TypeRule.at(path, field), name, subdomain ? Names.subdomain(name) : Names.label(name));
        }
    }

    private static Set<String> volumes(ObjectNode spec, String path, Findings findings) {
        Set<String> names = new HashSet<>();
        JsonNode volumes = spec.path("volumes");
        for (int at = 0; at < volumes.size(); at++) {
            String name = Findings.text(volumes.get(at), "name");
            String where = TypeRule.at(path, "volumes", at) + ".name";
            if (!name.isEmpty()) {
                findings.invalid(where, name, Names.label(name));
                if (!names.add(name)) {
                    findings.duplicate(where, name);
                }
            }
        }
        return names;
    }

    private static void containers(ObjectNode spec, String path, Set<String> volumes, Findings findings) {
        Set<String> names = new HashSet<>();
        for (String list : CONTAINER_LISTS) {
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
                } else if (list.equals("containers") && container.path("restartPolicy").isTextual()
                        && Findings.absent(container.path("restartPolicyRules"))
                        && container.path("restartPolicy").asText().equals("Always")) {
                    findings.forbidden(where + ".restartPolicy", "may not be set for non-init containers");
                }
                mounts(container, where, volumes, findings);
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

    private static void mounts(JsonNode container, String path, Set<String> volumes, Findings findings) {
        Set<String> mountPaths = new HashSet<>();
        JsonNode mounts = container.path("volumeMounts");
        for (int at = 0; at < mounts.size(); at++) {
            String where = path + ".volumeMounts[" + at + "]";
            String name = Findings.text(mounts.get(at), "name");
            if (!name.isEmpty() && !volumes.contains(name)) {
                findings.notFound(where + ".name", name);
            }
            String mountPath = Findings.text(mounts.get(at), "mountPath");
            if (!mountPath.isEmpty() && !mountPaths.add(mountPath)) {
                findings.invalid(where + ".mountPath", mountPath, "must be unique");
            }
        }
    }

    private static void hostPorts(ObjectNode spec, String path, Findings findings) {
        Set<String> taken = new HashSet<>();
        boolean hostNetwork = spec.path("hostNetwork").asBoolean();
        JsonNode containers = spec.path("containers");
        for (int at = 0; at < containers.size(); at++) {
            JsonNode ports = containers.get(at).path("ports");
            for (int index = 0; index < ports.size(); index++) {
                JsonNode port = ports.get(index);
                int hostPort = port.path("hostPort").asInt();
                String where = TypeRule.at(path, "containers", at) + ".ports[" + index + "]";
                if (hostPort > 0 && hostNetwork && hostPort != port.path("containerPort").asInt()) {
                    findings.invalid(where + ".hostPort", hostPort,
                            "must match `containerPort` when `hostNetwork` is true");
                }
                String key = port.path("protocol").asText("TCP") + "/" + port.path("hostIP").asText("") + "/"
                        + hostPort;
                if (hostPort > 0 && !taken.add(key)) {
                    findings.duplicate(where + ".hostPort", key);
                }
            }
        }
    }

    static void toleration(ObjectNode toleration, String path, Findings findings) {
        String key = Findings.text(toleration, "key");
        String operator = toleration.path("operator").asText("Equal");
        String value = Findings.text(toleration, "value");
        if (!key.isEmpty()) {
            findings.invalid(TypeRule.at(path, "key"), key, Names.qualified(key));
        } else if (!operator.equals("Exists")) {
            findings.invalid(TypeRule.at(path, "operator"), operator,
                    "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
        }
        if (operator.equals("Exists") && !value.isEmpty()) {
            findings.invalid(TypeRule.at(path, "operator"), value, "value must be empty when `operator` is 'Exists'");
        } else if (operator.equals("Equal")) {
            findings.invalid(TypeRule.at(path, "operator"), value, Names.labelValue(value));
        }
        if (toleration.hasNonNull("tolerationSeconds") && !Findings.text(toleration, "effect").equals("NoExecute")) {
            findings.invalid(TypeRule.at(path, "effect"), Findings.text(toleration, "effect"),
                    "effect must be 'NoExecute' when `tolerationSeconds` is set");
        }
    }

    static void nodeSelectorRequirement(ObjectNode requirement, String path, Findings findings) {
        int values = requirement.path("values").size();
        switch (Findings.text(requirement, "operator")) {
            case "In", "NotIn" -> {
                if (values == 0) {
                    findings.required(TypeRule.at(path, "values"),
                            "must be specified when `operator` is 'In' or 'NotIn'");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (values > 0) {
                    findings.forbidden(TypeRule.at(path, "values"),
                            "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }
            }
            case "Gt", "Lt" -> {
                if (values != 1) {
                    findings.required(TypeRule.at(path, "values"),
                            "must be specified single value when `operator` is 'Lt' or 'Gt'");
                }
            }
            default -> {
                // An unknown operator is found by the enumeration.
            }
        }
    }

    static void spread(ObjectNode constraint, String path, Findings findings) {
        if (constraint.path("maxSkew").asInt(1) <= 0) {
            findings.invalid(TypeRule.at(path, "maxSkew"), constraint.path("maxSkew"), "must be greater than zero");
        }
        if (constraint.hasNonNull("minDomains")) {
            if (constraint.path("minDomains").asInt() <= 0) {
                findings.invalid(TypeRule.at(path, "minDomains"), constraint.path("minDomains"),
                        "must be greater than zero");
            }
            if (!Findings.text(constraint, "whenUnsatisfiable").equals("DoNotSchedule")) {
                findings.invalid(TypeRule.at(path, "minDomains"), constraint.path("minDomains"),
                        "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not "
                                + Findings.text(constraint, "whenUnsatisfiable"));
            }
        }
    }
}
