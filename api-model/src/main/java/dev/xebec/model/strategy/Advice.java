package dev.xebec.model.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.names.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a client should know of an object that is accepted: what is deprecated, ignored, or surprising.
 *
 * <p>Source: {@code pkg/api/pod/warnings.go}, {@code pkg/api/service/warnings.go}, {@code pkg/api/node/util.go} and the
 * registry strategies of Kubernetes.
 */
final class Advice {
    private static final Map<String, String> OLD_LABELS = Map.of("beta.kubernetes.io/arch",
            "deprecated since v1.14; use \"kubernetes.io/arch\" instead", "beta.kubernetes.io/os",
            "deprecated since v1.14; use \"kubernetes.io/os\" instead", "failure-domain.beta.kubernetes.io/region",
            "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
            "failure-domain.beta.kubernetes.io/zone",
            "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead", "beta.kubernetes.io/instance-type",
            "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead");
    private static final Map<String, String> KINDS = Map.of("Endpoints",
            "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice", "ComponentStatus",
            "v1 ComponentStatus is deprecated in v1.19+");
    private static final Map<String, String> HOST_NAMED = Map.of("Pod", "the Pod's hostname", "Deployment",
            "Pod names and hostnames", "ReplicaSet", "Pod names and hostnames", "ReplicationController",
            "Pod names and hostnames", "StatefulSet", "Pod names and hostnames", "DaemonSet",
            "Pod names and hostnames", "Job", "Pod names and hostnames", "CronJob", "Pod names and hostnames");
    private static final String STORAGE_CLASS = "volume.beta.kubernetes.io/storage-class";
    private static final String INGRESS_CLASS = "kubernetes.io/ingress.class";

    private final List<String> warnings = new ArrayList<>();

    private Advice() {}

    /** What whoever asks anything of a kind is told, since there is a newer one; empty for most. */
    static String deprecation(Kind kind) {
        return kind.name().group().isEmpty() ? KINDS.getOrDefault(kind.name().kind(), "") : "";
    }

    static List<String> on(ObjectNode object) {
        Advice advice = new Advice();
        advice.metadata(object);
        JsonNode spec = object.path("spec");
        advice.pod(object.path("kind").asText("Pod").equals("Pod") ? spec : object.path("absent"), "spec",
                object.path("metadata").path("annotations"), "metadata");
        advice.template(spec.path("template"), "spec.template");
        advice.template(object.path("template"), "template");
        advice.template(spec.path("jobTemplate").path("spec").path("template"), "spec.jobTemplate.spec.template");
        advice.service(object);
        return advice.warnings;
    }

    private void metadata(ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        for (JsonNode finalizer : metadata.path("finalizers")) {
            String name = finalizer.asText();
            if (!name.contains("/") && !List.of("orphan", "foregroundDeletion", "kubernetes").contains(name)) {
                warnings.add("metadata.finalizers: \"" + name + "\": prefer a domain-qualified finalizer name "
                        + "including a path (/) to avoid accidental conflicts with other finalizer writers");
            }
        }
        String kind = object.path("kind").asText("");
        boolean core = object.path("apiVersion").asText("").equals("v1");
        String hosts = HOST_NAMED.get(kind);
        String name = metadata.path("name").asText("");
        if (hosts != null && !name.isEmpty() && !Names.label(name).isEmpty()) {
            warnings.add("metadata.name: this is used in " + hosts + ", which can result in surprising behavior; a "
                    + "DNS label is recommended: " + Names.label(name));
        }
        JsonNode annotations = metadata.path("annotations");
        if (core && kind.startsWith("PersistentVolume") && annotations.has(STORAGE_CLASS)) {
            warnings.add("metadata.annotations[" + STORAGE_CLASS
                    + "]: deprecated since v1.8; use \"storageClassName\" attribute instead");
        }
        if (kind.equals("Ingress") && annotations.has(INGRESS_CLASS)) {
            warnings.add("annotation \"" + INGRESS_CLASS
                    + "\" is deprecated, please use 'spec.ingressClassName' instead");
        }
    }

    private void template(JsonNode template, String path) {
        pod(template.path("spec"), path + ".spec", template.path("metadata").path("annotations"), path + ".metadata");
    }

    private void pod(JsonNode spec, String path, JsonNode annotations, String metadataPath) {
        if (!spec.path("containers").isArray()) {
            return;
        }
        spec.path("nodeSelector").properties().forEach(label -> oldLabel(label.getKey(),
                path + ".nodeSelector[" + label.getKey() + "]"));
        affinity(spec.path("affinity").path("nodeAffinity"), path + ".affinity.nodeAffinity");
        spread(spec.path("topologySpreadConstraints"), path + ".topologySpreadConstraints");
        annotations.properties().forEach(annotation -> annotation(annotation.getKey(), metadataPath));
        JsonNode volumes = spec.path("volumes");
        for (int at = 0; at < volumes.size(); at++) {
            volume(volumes.get(at), path + ".volumes[" + at + "]");
        }
        JsonNode secrets = spec.path("imagePullSecrets");
        for (int at = 0; at < secrets.size(); at++) {
            if (secrets.get(at).path("name").asText("").isEmpty()) {
                warnings.add(path + ".imagePullSecrets[" + at + "].name: invalid empty name \"\"");
            }
        }
        if (spec.path("terminationGracePeriodSeconds").asLong() < 0) {
            warnings.add(path + ".terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will "
                    + "be treated as 1");
        }
        for (String list : List.of("initContainers", "containers")) {
            JsonNode containers = spec.path(list);
            for (int at = 0; at < containers.size(); at++) {
                environment(containers.get(at), path + "." + list + "[" + at + "]");
            }
        }
    }

    private void oldLabel(String label, String path) {
        String advice = OLD_LABELS.get(label);
        if (advice != null) {
            warnings.add(path + ": " + advice);
        }
    }

    private void affinity(JsonNode affinity, String path) {
        JsonNode required = affinity.path("requiredDuringSchedulingIgnoredDuringExecution").path("nodeSelectorTerms");
        for (int at = 0; at < required.size(); at++) {
            expressions(required.get(at), path
                    + ".requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[" + at + "]");
        }
        JsonNode preferred = affinity.path("preferredDuringSchedulingIgnoredDuringExecution");
        for (int at = 0; at < preferred.size(); at++) {
            expressions(preferred.get(at).path("preference"),
                    path + ".preferredDuringSchedulingIgnoredDuringExecution[" + at + "].preference");
        }
    }

    private void expressions(JsonNode term, String path) {
        JsonNode expressions = term.path("matchExpressions");
        for (int at = 0; at < expressions.size(); at++) {
            String key = expressions.get(at).path("key").asText("");
            String advice = OLD_LABELS.get(key);
            if (advice != null) {
                warnings.add(path + ".matchExpressions[" + at + "].key: " + key + " is " + advice);
            }
        }
    }

    private void spread(JsonNode constraints, String path) {
        for (int at = 0; at < constraints.size(); at++) {
            String key = constraints.get(at).path("topologyKey").asText("");
            String advice = OLD_LABELS.get(key);
            if (advice != null) {
                warnings.add(path + "[" + at + "].topologyKey: " + key + " is " + advice);
            }
        }
    }

    private void annotation(String annotation, String path) {
        String where = path + ".annotations[" + annotation + "]: ";
        if (annotation.equals("seccomp.security.alpha.kubernetes.io/pod")
                || annotation.startsWith("container.seccomp.security.alpha.kubernetes.io/")) {
            warnings.add(where + "non-functional in v1.27+; use the \"seccompProfile\" field instead");
        } else if (annotation.startsWith("container.apparmor.security.beta.kubernetes.io/")) {
            warnings.add(where + "deprecated since v1.30; use the \"appArmorProfile\" field instead");
        }
    }

    private void volume(JsonNode volume, String path) {
        if (volume.path("gitRepo").isObject()) {
            warnings.add(path + ".gitRepo: deprecated in v1.11, and disabled by default in v1.33+");
        }
        if (volume.path("scaleIO").isObject()) {
            warnings.add(path + ".scaleIO: deprecated in v1.16, non-functional in v1.22+");
        }
        if (volume.path("flocker").isObject()) {
            warnings.add(path + ".flocker: deprecated in v1.22, non-functional in v1.25+");
        }
    }

    private void environment(JsonNode container, String path) {
        Set<String> seen = new HashSet<>();
        JsonNode variables = container.path("env");
        for (int at = 0; at < variables.size(); at++) {
            String name = variables.get(at).path("name").asText("");
            if (!seen.add(name)) {
                warnings.add(path + ".env[" + at + "]: hides previous definition of \"" + name
                        + "\", which may be dropped when using apply");
            }
        }
    }

    private void service(ObjectNode object) {
        JsonNode spec = object.path("spec");
        if (!object.path("kind").asText("").equals("Service")
                || !object.path("apiVersion").asText("").equals("v1")) {
            return;
        }
        if (spec.path("type").asText("").equals("ExternalName") && !spec.path("externalIPs").isEmpty()) {
            warnings.add("spec.externalIPs is ignored when spec.type is \"ExternalName\"");
        }
        if (!spec.path("type").asText("").equals("LoadBalancer")
                && !spec.path("loadBalancerIP").asText("").isEmpty()) {
            warnings.add("spec.loadBalancerIP is ignored when spec.type is \"" + spec.path("type").asText("")
                    + "\"");
        }
        if (spec.path("clusterIP").asText("").equals("None")
                && spec.path("sessionAffinity").asText("").equals("ClientIP")) {
            warnings.add("spec.SessionAffinity is ignored for headless services");
        }
    }
}
