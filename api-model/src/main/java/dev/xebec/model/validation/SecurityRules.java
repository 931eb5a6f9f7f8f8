package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.status.FieldError;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Rules of security contexts. Source: {@code pkg/apis/core/validation/validation.go} of Kubernetes. */
final class SecurityRules {
    /** Bytes of a sysctl's name. */
    private static final int MAX_SYSCTL = 253;
    private static final String SYSCTL_PART = "[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
    private static final String SYSCTL = "(" + SYSCTL_PART + "[\\./])*" + SYSCTL_PART;
    private static final Pattern SYSCTL_NAME = Pattern.compile(SYSCTL);
    private static final List<String> IDS = List.of("runAsUser", "runAsGroup", "fsGroup");

    private SecurityRules() {}

    static void pod(ObjectNode context, String path, Findings findings) {
        ids(context, path, findings);
        JsonNode groups = context.path("supplementalGroups");
        for (int at = 0; at < groups.size(); at++) {
            findings.range(TypeRule.at(path, "supplementalGroups", at), groups.get(at), 0, Integer.MAX_VALUE);
        }
        Set<String> names = new HashSet<>();
        JsonNode sysctls = context.path("sysctls");
        for (int at = 0; at < sysctls.size(); at++) {
            String name = Findings.text(sysctls.get(at), "name");
            String where = TypeRule.at(path, "sysctls", at) + ".name";
            if (!name.isEmpty() && (name.length() > MAX_SYSCTL || !SYSCTL_NAME.matcher(name).matches())) {
                findings.invalid(where, name, "must have at most " + MAX_SYSCTL + " characters and match regex ^"
                        + SYSCTL + "$");
            }
            if (!name.isEmpty() && !names.add(name.replace('/', '.'))) {
                findings.duplicate(where, name);
            }
        }
    }

    private static void ids(ObjectNode context, String path, Findings findings) {
        for (String id : IDS) {
            findings.range(TypeRule.at(path, id), context.path(id), 0, Integer.MAX_VALUE);
        }
    }

    static void container(ObjectNode context, String path, Findings findings) {
        ids(context, path, findings);
        JsonNode escalation = context.path("allowPrivilegeEscalation");
        if (escalation.isBoolean() && !escalation.asBoolean()) {
            if (context.path("privileged").asBoolean()) {
                findings.invalid(path, context,
                        "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
            }
            for (JsonNode added : context.path("capabilities").path("add")) {
                if (added.asText().equals("CAP_SYS_ADMIN")) {
                    findings.invalid(path, context,
                            "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
                }
            }
        }
    }

    static void seccomp(ObjectNode profile, String path, Findings findings) {
        localhost(profile, path, "must be set when seccomp type is Localhost",
                "can only be set when seccomp type is Localhost", findings);
        String file = Findings.text(profile, "localhostProfile");
        if (Findings.text(profile, "type").equals("Localhost") && !file.isEmpty()) {
            VolumeRules.descending(file, TypeRule.at(path, "localhostProfile"), findings);
        }
    }

    static void appArmor(ObjectNode profile, String path, Findings findings) {
        localhost(profile, path, "must be set when AppArmor type is Localhost",
                "can only be set when AppArmor type is Localhost", findings);
        String name = Findings.text(profile, "localhostProfile");
        if (Findings.text(profile, "type").equals("Localhost") && !name.isEmpty() && name.isBlank()) {
            findings.required(TypeRule.at(path, "localhostProfile"), "must be set when AppArmor type is Localhost");
        }
    }

    private static void localhost(ObjectNode profile, String path, String wanted, String unwanted, Findings findings) {
        boolean local = Findings.text(profile, "type").equals("Localhost");
        if (local && !profile.hasNonNull("localhostProfile")) {
            findings.required(TypeRule.at(path, "localhostProfile"), wanted);
        } else if (!local && profile.hasNonNull("localhostProfile")) {
            findings.invalid(TypeRule.at(path, "localhostProfile"), profile.path("localhostProfile"), unwanted);
        }
    }

    /** What concerns a pod's namespaces and its operating system. */
    static void ofSpec(ObjectNode spec, String path, Findings findings) {
        if (spec.path("shareProcessNamespace").asBoolean() && spec.path("hostPID").asBoolean()) {
            findings.invalid(TypeRule.at(path, "securityContext.shareProcessNamespace"), true,
                    "ShareProcessNamespace and HostPID cannot both be enabled");
        }
        JsonNode hostUsers = spec.path("hostUsers");
        if (hostUsers.isBoolean() && !hostUsers.asBoolean()) {
            for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
                if (spec.path(host).asBoolean()) {
                    String field = host.equals("hostNetwork") ? host : "H" + host.substring(1);
                    findings.forbidden(TypeRule.at(path, field), "when `hostUsers` is false");
                }
            }
        }
        switch (Findings.text(spec.path("os"), "name")) {
            case "linux" -> linux(spec, path, findings);
            case "windows" -> windows(spec, path, findings);
            default -> os(spec, path, findings);
        }
    }

    private static void os(ObjectNode spec, String path, Findings findings) {
        String name = Findings.text(spec.path("os"), "name");
        if (spec.path("os").isObject() && name.isEmpty()) {
            findings.required(TypeRule.at(path, "os") + ".name", "");
        } else if (spec.path("os").isObject()) {
            findings.add(FieldError.notSupported(TypeRule.at(path, "os"), name, List.of("linux", "windows")));
        }
    }

    private static void linux(ObjectNode spec, String path, Findings findings) {
        if (spec.path("securityContext").has("windowsOptions")) {
            findings.forbidden(TypeRule.at(path, "securityContext.windowsOptions"),
                    "windows options cannot be set for a linux pod");
        }
        contexts(spec, path, List.of("windowsOptions"), "cannot be set for a linux pod", findings);
    }

    private static void windows(ObjectNode spec, String path, Findings findings) {
        String cannot = "cannot be set for a windows pod";
        for (String field : List.of("hostUsers", "hostPID", "hostIPC", "shareProcessNamespace")) {
            boolean set = field.equals("hostUsers") || field.equals("shareProcessNamespace")
                    ? spec.hasNonNull(field)
                    : spec.path(field).asBoolean();
            if (set) {
                findings.forbidden(TypeRule.at(path, field.equals("shareProcessNamespace") || field.equals("hostUsers")
                        ? (field.equals("hostUsers") ? field : "securityContext." + field)
                        : "securityContext." + field), cannot);
            }
        }
        for (String field : List.of("seLinuxOptions", "seccompProfile", "appArmorProfile", "fsGroup",
                "fsGroupChangePolicy", "sysctls", "runAsUser", "runAsGroup", "supplementalGroups")) {
            if (!Findings.absent(spec.path("securityContext").path(field))) {
                findings.forbidden(TypeRule.at(path, "securityContext." + field), cannot);
            }
        }
        contexts(spec, path, List.of("appArmorProfile", "seLinuxOptions", "seccompProfile", "capabilities",
                "readOnlyRootFilesystem", "privileged", "allowPrivilegeEscalation", "procMount", "runAsUser",
                "runAsGroup"), cannot, findings);
    }

    private static void contexts(ObjectNode spec, String path, List<String> fields, String message, Findings findings) {
        for (String list : PodSpecRules.CONTAINER_LISTS) {
            JsonNode containers = spec.path(list);
            for (int at = 0; at < containers.size(); at++) {
                for (String field : fields) {
                    if (containers.get(at).path("securityContext").hasNonNull(field)) {
                        findings.forbidden(TypeRule.at(path, list, at) + ".securityContext." + field, message);
                    }
                }
            }
        }
    }
}
