package dev.xebec.model.advice;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.GoString;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is old, doubtful or without effect in a pod or a template of pods. Source: {@code pkg/api/pod/warnings.go} of Kubernetes. */
final class PodAdvice {
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
    private static final String NO_SELECTOR = "a null labelSelector results in matching no pod";
    private static final String OLD_SECCOMP = "non-functional in v1.27+; use the \"seccompProfile\" field instead";
    private static final List<Map.Entry<String, String>> OLD_ANNOTATIONS = List.of(
            Map.entry("scheduler.alpha.kubernetes.io/critical-pod",
                    "non-functional in v1.16+; use the \"priorityClassName\" field instead"),
            Map.entry("security.alpha.kubernetes.io/sysctls",
                    "non-functional in v1.11+; use the \"sysctls\" field instead"),
            Map.entry("security.alpha.kubernetes.io/unsafe-sysctls",
                    "non-functional in v1.11+; use the \"sysctls\" field instead"));

    private final JsonNode spec;
    private final JsonNode annotations;
    private final String path;
    private final Told told;

    private PodAdvice(JsonNode pod, String path, Told told) {
        this.spec = pod.path("spec");
        this.annotations = pod.path("metadata").path("annotations");
        this.path = path;
        this.told = told;
    }

    /** @param path of the pod or template, with a dot at its end; empty for a pod itself */
    static void pod(JsonNode pod, String path, Told told) {
        new PodAdvice(pod, path, told).all();
    }

    private void all() {
        String at = path + "spec.";
        NodeLabels.selector(spec.path("nodeSelector"), at + "nodeSelector", told);
        nodeAffinity(spec.path("affinity").path("nodeAffinity"), at + "affinity.nodeAffinity.");
        spread(spec.path("topologySpreadConstraints"), at + "topologySpreadConstraints");
        for (Map.Entry<String, String> old : OLD_ANNOTATIONS) {
            annotation(old.getKey(), old.getValue());
        }
        VolumeAdvice.volumes(spec.path("volumes"), at + "volumes", told);
        doubles(spec.path("hostAliases"), "ip", "duplicate ip ", at + "hostAliases");
        doubles(spec.path("imagePullSecrets"), "name", "duplicate name ", at + "imagePullSecrets");
        unnamed(spec.path("imagePullSecrets"), at + "imagePullSecrets");
        told.fraction(spec.path("overhead"), "memory", at + "overhead");
        told.fraction(spec.path("overhead"), "ephemeral-storage", at + "overhead");
        if (spec.path("securityContext").path("seccompProfile").isMissingNode()) {
            annotation("seccomp.security.alpha.kubernetes.io/pod", OLD_SECCOMP);
        }
        Map<String, JsonNode> containers = containers();
        containers.forEach((where, container) -> container(container, where));
        PortAdvice.ports(containers, told);
        if (spec.path("terminationGracePeriodSeconds").asLong() < 0) {
            told.say(at + "terminationGracePeriodSeconds",
                    "must be >= 0; negative values are invalid and will be treated as 1");
        }
        podAffinity(spec.path("affinity").path("podAffinity"), at + "affinity.podAffinity.");
        podAffinity(spec.path("affinity").path("podAntiAffinity"), at + "affinity.podAntiAffinity.");
        AddressAdvice.ips(spec.path("dnsConfig").path("nameservers"), at + "dnsConfig.nameservers", told);
        AddressAdvice.ips(spec.path("hostAliases"), "ip", at + "hostAliases", told);
    }

    private Map<String, JsonNode> containers() {
        Map<String, JsonNode> containers = new LinkedHashMap<>();
        for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
            JsonNode some = spec.path(list);
            for (int at = 0; at < some.size(); at++) {
                containers.put(path + "spec." + list + "[" + at + "]", some.get(at));
            }
        }
        return containers;
    }

    private void annotation(String key, String advice) {
        if (annotations.has(key)) {
            told.say(path + "metadata.annotations[" + key + "]", advice);
        }
    }

    private void nodeAffinity(JsonNode affinity, String at) {
        JsonNode required = affinity.path(REQUIRED).path("nodeSelectorTerms");
        for (int term = 0; term < required.size(); term++) {
            NodeLabels.term(required.get(term), false, at + REQUIRED + ".nodeSelectorTerms[" + term + "]", told);
        }
        JsonNode preferred = affinity.path(PREFERRED);
        for (int term = 0; term < preferred.size(); term++) {
            NodeLabels.term(preferred.get(term).path("preference"), true, at + PREFERRED + "[" + term + "].preference",
                    told);
        }
    }

    private void spread(JsonNode constraints, String where) {
        for (int at = 0; at < constraints.size(); at++) {
            String one = where + "[" + at + "]";
            NodeLabels.key(constraints.get(at).path("topologyKey").asText(""), one + ".topologyKey", told);
            selected(constraints.get(at), one + ".");
        }
    }

    private void podAffinity(JsonNode affinity, String where) {
        JsonNode required = affinity.path(REQUIRED);
        for (int at = 0; at < required.size(); at++) {
            selected(required.get(at), where + REQUIRED + "[" + at + "].");
        }
        JsonNode preferred = affinity.path(PREFERRED);
        for (int at = 0; at < preferred.size(); at++) {
            selected(preferred.get(at).path("podAffinityTerm"), where + PREFERRED + "[" + at + "].podAffinityTerm.");
        }
    }

    private void selected(JsonNode term, String where) {
        if (!term.path("labelSelector").isObject()) {
            told.say(where + "labelSelector", NO_SELECTOR);
        }
    }

    private void doubles(JsonNode list, String field, String words, String where) {
        Set<String> seen = list.size() > 1 ? new HashSet<>() : Set.of();
        for (int at = 0; list.size() > 1 && at < list.size(); at++) {
            String value = list.get(at).path(field).asText("");
            if (!seen.add(value)) {
                told.say(where + "[" + at + "]." + field, words + GoString.quoted(value));
            }
        }
    }

    private void unnamed(JsonNode secrets, String where) {
        for (int at = 0; at < secrets.size(); at++) {
            if (secrets.get(at).path("name").asText("").isEmpty()) {
                told.say(where + "[" + at + "].name", "invalid empty name \"\"");
            }
        }
    }

    private void container(JsonNode container, String where) {
        if (!annotations.isEmpty()) {
            profiles(container);
        }
        JsonNode resources = container.path("resources");
        for (String resource : List.of("memory", "ephemeral-storage")) {
            told.fraction(resources.path("limits"), resource, where + ".resources.limits");
            told.fraction(resources.path("requests"), resource, where + ".resources.requests");
        }
        JsonNode variables = container.path("env");
        if (variables.size() > 1) {
            variables(variables, where);
        }
    }

    private void profiles(JsonNode container) {
        String name = container.path("name").asText("");
        if (container.path("securityContext").path("seccompProfile").isMissingNode()) {
            annotation("container.seccomp.security.alpha.kubernetes.io/" + name, OLD_SECCOMP);
        }
        String key = "container.apparmor.security.beta.kubernetes.io/" + name;
        if (annotations.has(key) && container.path("securityContext").path("appArmorProfile").isMissingNode()
                && !likePod(annotations.path(key).asText())) {
            annotation(key, "deprecated since v1.30; use the \"appArmorProfile\" field instead");
        }
    }

    /** Whether an annotation says what holds for the whole pod. */
    private boolean likePod(String annotation) {
        JsonNode profile = spec.path("securityContext").path("appArmorProfile");
        return switch (profile.path("type").asText("")) {
            case "RuntimeDefault" -> annotation.equals("runtime/default");
            case "Unconfined" -> annotation.equals("unconfined");
            case "Localhost" -> annotation.equals("localhost/" + profile.path("localhostProfile").asText(""));
            default -> false;
        };
    }

    private void variables(JsonNode variables, String where) {
        Set<String> seen = new HashSet<>();
        for (int at = 0; at < variables.size(); at++) {
            JsonNode variable = variables.get(at);
            String name = variable.path("name").asText("");
            String value = variable.path("value").asText("");
            String itself = "$(" + name + ")";
            boolean builds = !variable.path("valueFrom").isObject() && value.contains(itself) && !value.equals(itself);
            if (!seen.add(name) && !builds) {
                told.say(where + ".env[" + at + "]", "hides previous definition of " + GoString.quoted(name)
                        + ", which may be dropped when using apply");
            }
        }
    }
}
