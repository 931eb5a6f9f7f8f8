package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import dev.xebec.model.status.FieldError;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules of environment variables and of what they are taken from. */
final class EnvRules {
    static final Set<String> ENV_FIELDS = Set.of("metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName",
            "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs");
    static final Set<String> FILE_FIELDS = Set.of("metadata.name", "metadata.namespace", "metadata.labels",
            "metadata.annotations", "metadata.uid");
    private static final Pattern SUBSCRIPT = Pattern.compile("(metadata\\.(?:labels|annotations))\\['(.*)'\\]");
    private static final List<String> SOURCES = List.of("fieldRef", "resourceFieldRef", "configMapKeyRef",
            "secretKeyRef", "fileKeyRef");
    private static final Set<String> RESOURCES = Set.of("limits.cpu", "limits.ephemeral-storage", "limits.memory",
            "requests.cpu", "requests.ephemeral-storage", "requests.memory");

    private EnvRules() {}

    static void variable(ObjectNode variable, String path, Findings findings) {
        String name = Findings.text(variable, "name");
        if (!name.isEmpty()) {
            findings.invalid(TypeRule.at(path, "name"), name, Names.envName(name));
        }
        JsonNode source = variable.path("valueFrom");
        if (!source.isObject()) {
            return;
        }
        String at = TypeRule.at(path, "valueFrom");
        long sources = SOURCES.stream().filter(source::hasNonNull).count();
        if (sources == 0) {
            findings.invalid(at, "", "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, "
                    + "`secretKeyRef` or `fileKeyRef`");
        } else if (!Findings.text(variable, "value").isEmpty()) {
            findings.invalid(at, "", "may not be specified when `value` is not empty");
        } else if (sources > 1) {
            findings.invalid(at, "", "may not have more than one field specified at a time");
        }
        if (source.path("fieldRef").isObject()) {
            field(source.path("fieldRef"), at + ".fieldRef", ENV_FIELDS, true, findings);
        }
        if (source.path("resourceFieldRef").isObject()) {
            resource(source.path("resourceFieldRef"), at + ".resourceFieldRef", false, findings);
        }
        for (String reference : List.of("configMapKeyRef", "secretKeyRef")) {
            key(source.path(reference), at + "." + reference, findings);
        }
    }

    /** Files that variables are taken from are in volumes that live as long as the pod. */
    static void fileVolumes(JsonNode container, String path, Map<String, JsonNode> volumes, Findings findings) {
        JsonNode variables = container.path("env");
        for (int at = 0; at < variables.size(); at++) {
            JsonNode reference = variables.get(at).path("valueFrom").path("fileKeyRef");
            String name = Findings.text(reference, "volumeName");
            String where = path + ".env[" + at + "].valueFrom.fileKeyRef.volumeName";
            JsonNode volume = volumes.get(name);
            if (!name.isEmpty()) {
                findings.invalid(where, name, Names.label(name));
            }
            if (reference.isObject() && volume == null) {
                findings.notFound(where, name);
            } else if (reference.isObject() && volume != null && !volume.path("emptyDir").isObject()) {
                findings.invalid(where, name, "referenced volume must be of type emptyDir");
            }
        }
    }

    private static void key(JsonNode reference, String path, Findings findings) {
        if (!reference.isObject()) {
            return;
        }
        String name = Findings.text(reference, "name");
        findings.invalid(path + ".name", name, Names.subdomain(name));
        String key = Findings.text(reference, "key");
        if (!key.isEmpty()) {
            findings.invalid(path + ".key", key, Names.configKey(key));
        }
    }

    static void from(ObjectNode source, String path, Findings findings) {
        String prefix = Findings.text(source, "prefix");
        if (!prefix.isEmpty()) {
            findings.invalid(TypeRule.at(path, "prefix"), prefix, Names.envName(prefix));
        }
        int sources = 0;
        for (String reference : List.of("configMapRef", "secretRef")) {
            if (source.path(reference).isObject()) {
                sources++;
                String name = Findings.text(source.path(reference), "name");
                if (name.isEmpty()) {
                    findings.required(TypeRule.at(path, reference) + ".name", "");
                } else {
                    findings.invalid(TypeRule.at(path, reference) + ".name", name, Names.subdomain(name));
                }
            }
        }
        String all = path.substring(0, path.lastIndexOf('['));
        if (sources == 0) {
            findings.invalid(all, "", "must specify one of: `configMapRef` or `secretRef`");
        } else if (sources > 1) {
            findings.invalid(all, "", "may not have more than one field specified at a time");
        }
    }

    /** @param subscripts whether single labels and annotations may be named */
    static void field(JsonNode reference, String path, Set<String> allowed, boolean subscripts, Findings findings) {
        String field = Findings.text(reference, "fieldPath");
        String version = Findings.text(reference, "apiVersion");
        if (version.isEmpty()) {
            findings.required(path + ".apiVersion", "");
            return;
        }
        if (field.isEmpty()) {
            findings.required(path + ".fieldPath", "");
            return;
        }
        Matcher subscript = SUBSCRIPT.matcher(field);
        if (subscript.matches()) {
            String key = subscript.group(2);
            if (subscript.group(1).endsWith("labels")) {
                findings.invalid(path, key, Names.qualified(key));
            } else {
                findings.invalid(path, key, Names.qualified(key.toLowerCase(Locale.ROOT)));
            }
            return;
        }
        boolean known = ENV_FIELDS.contains(field) || FILE_FIELDS.contains(field);
        if (!version.equals("v1")) {
            findings.invalid(path + ".fieldPath", field, "error converting fieldPath: unsupported pod version: "
                    + version);
        } else if (!known) {
            findings.invalid(path + ".fieldPath", field, "error converting fieldPath: field label not supported: "
                    + field);
        } else if (!allowed.contains(field)) {
            findings.add(FieldError.notSupported(path + ".fieldPath", field, List.copyOf(new TreeSet<>(allowed))));
        }
    }

    /** @param named whether the container has to be named, as in a pod's volumes */
    static void resource(JsonNode reference, String path, boolean named, Findings findings) {
        String resource = Findings.text(reference, "resource");
        boolean pages = resource.startsWith("limits.hugepages-") || resource.startsWith("requests.hugepages-");
        if (named && Findings.text(reference, "containerName").isEmpty()) {
            findings.required(path + ".containerName", "");
        } else if (resource.isEmpty()) {
            findings.required(path + ".resource", "");
        } else if (!RESOURCES.contains(resource) && !pages) {
            findings.add(FieldError.notSupported(path + ".resource", resource, List.copyOf(new TreeSet<>(RESOURCES))));
        }
        divisor(reference, resource, path, findings);
    }

    private static void divisor(JsonNode reference, String resource, String path, Findings findings) {
        String divisor = reference.path("divisor").asText("0");
        boolean unset = divisor.equals("0") || divisor.isEmpty();
        if (!unset && resource.endsWith(".cpu") && !List.of("1m", "1").contains(divisor)) {
            findings.invalid(path + ".divisor", divisor, "only divisor's values 1m and 1 are supported with the cpu "
                    + "resource");
        } else if (!unset && (resource.endsWith(".memory") || resource.endsWith(".ephemeral-storage"))
                && !List.of("1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei")
                        .contains(divisor)) {
            String what = resource.substring(resource.indexOf('.') + 1).equals("memory")
                    ? "memory"
                    : "local ephemeral storage";
            findings.invalid(path + ".divisor", divisor,
                    "only divisor's values 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are supported with "
                            + "the " + what + " resource");
        }
    }
}
