package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import java.util.List;

/**
 * Rules of APIServices: each is named after the group version that it says something of. Source: kube-aggregator {@code
 * pkg/apis/apiregistration/validation}.
 */
final class ApiServiceRules {
    private static final int MAX_GROUP_PRIORITY = 20_000;
    private static final int MAX_VERSION_PRIORITY = 1_000;
    private static final int MAX_PORT = 65_535;

    private ApiServiceRules() {}

    static void check(ObjectNode object, String path, Findings findings) {
        JsonNode spec = object.path("spec");
        String group = Findings.text(spec, "group");
        String version = Findings.text(spec, "version");
        String name = Findings.text(object.path("metadata"), "name");
        String wanted = version + "." + group;
        if (!name.isEmpty() && !name.equals(wanted) && Names.pathSegment(name).isEmpty()) {
            findings.invalid("metadata.name", name,
                    "must be `spec.version+\".\"+spec.group`: \"" + wanted + "\"");
        }
        if (group.isEmpty()) {
            if (!version.equals("v1")) {
                findings.required("spec.group", "only v1 may have an empty group and it better be legacy kube");
            }
        } else {
            findings.invalid("spec.group", group, Names.subdomain(group));
        }
        findings.invalid("spec.version", version, Names.label1035(version));
        priority(spec, "groupPriorityMinimum", MAX_GROUP_PRIORITY, findings);
        priority(spec, "versionPriority", MAX_VERSION_PRIORITY, findings);
        if (spec.path("service").isObject()) {
            remote(spec, findings);
        } else {
            local(spec, findings);
        }
    }

    private static void priority(JsonNode spec, String field, int max, Findings findings) {
        long value = spec.path(field).asLong(0);
        if (value <= 0 || value > max) {
            findings.invalid("spec." + field, value, "must be positive and less than " + max);
        }
    }

    private static void local(JsonNode spec, Findings findings) {
        int bundle = bytes(spec);
        if (bundle > 0) {
            findings.invalid("spec.caBundle", bundle + " bytes", "local APIServices may not have a caBundle");
        }
        if (spec.path("insecureSkipTLSVerify").asBoolean()) {
            findings.invalid("spec.insecureSkipTLSVerify", true,
                    "local APIServices may not have insecureSkipTLSVerify");
        }
    }

    private static void remote(JsonNode spec, Findings findings) {
        JsonNode service = spec.path("service");
        for (String field : List.of("namespace", "name")) {
            if (Findings.text(service, field).isEmpty()) {
                findings.required("spec.service." + field, "");
            }
        }
        long port = service.path("port").asLong(0);
        if (port < 1 || port > MAX_PORT) {
            findings.invalid("spec.service.port", port,
                    "port is not valid: must be between 1 and " + MAX_PORT + ", inclusive");
        }
        if (spec.path("insecureSkipTLSVerify").asBoolean() && bytes(spec) > 0) {
            findings.invalid("spec.insecureSkipTLSVerify", true, "may not be true if caBundle is present");
        }
    }

    private static int bytes(JsonNode spec) {
        String base64 = Findings.text(spec, "caBundle");
        int padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
        return base64.length() / 4 * 3 - padding;
    }
}
