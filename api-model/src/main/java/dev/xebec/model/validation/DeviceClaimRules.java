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

/**
 * What a claim may ask for: requests, and constraints and configurations that name them. What kube-apiserver declares comes
 * after what it looks at by hand. Source: {@code pkg/apis/resource/validation/validation.go} of Kubernetes.
 */
final class DeviceClaimRules {
    private static final int MAX_ALTERNATIVES = 8;
    private static final List<String> MODES = List.of("All", "ExactCount");
    private static final String NO_SUCH_REQUEST = "must be the name of a request in the claim or the name of a request "
            + "and a subrequest separated by '/'";

    private final Findings findings;
    private final Findings declared;
    /** Names of subrequests by name of request. */
    private final Map<String, Set<String>> requests;

    private DeviceClaimRules(Findings findings, JsonNode claim) {
        this.findings = findings;
        this.declared = findings.later();
        this.requests = names(claim.path("requests"));
    }

    static Map<String, Set<String>> names(JsonNode requests) {
        Map<String, Set<String>> names = new HashMap<>();
        for (JsonNode request : requests) {
            Set<String> alternatives = new HashSet<>();
            request.path("firstAvailable").forEach(one -> alternatives.add(Findings.text(one, "name")));
            names.put(Findings.text(request, "name"), alternatives);
        }
        return names;
    }

    /** What a claim asks for cannot change, and is not looked into again; that of a template is. */
    static void claim(ObjectNode spec, String path, Findings findings) {
        if (findings.occasion() == Findings.Occasion.CREATE || !path.equals("spec")) {
            new DeviceClaimRules(findings, spec.path("devices")).devices(spec.path("devices"),
                    TypeRule.at(path, "devices"));
        }
    }

    private void devices(JsonNode claim, String path) {
        Declared in = new Declared(declared);
        JsonNode all = claim.path("requests");
        if (in.few(all, DeviceClassRules.MAX_ITEMS, path + ".requests")) {
            in.unique(all, "name", path + ".requests");
            for (int at = 0; at < all.size(); at++) {
                request(all.get(at), path + ".requests[" + at + "]");
            }
        }
        JsonNode constraints = claim.path("constraints");
        if (in.few(constraints, DeviceClassRules.MAX_ITEMS, path + ".constraints")) {
            for (int at = 0; at < constraints.size(); at++) {
                constraint(constraints.get(at), path + ".constraints[" + at + "]");
            }
        }
        JsonNode configs = claim.path("config");
        if (in.few(configs, DeviceClassRules.MAX_ITEMS, path + ".config")) {
            for (int at = 0; at < configs.size(); at++) {
                String where = path + ".config[" + at + "]";
                references(configs.get(at).path("requests"), where + ".requests", requests, findings, declared);
                DeviceClassRules.configuration(configs.get(at), where, findings, declared);
            }
        }
        declared.list().forEach(findings::add);
    }

    private void request(JsonNode request, String path) {
        label(Findings.text(request, "name"), path + ".name");
        JsonNode alternatives = request.path("firstAvailable");
        boolean exact = request.path("exactly").isObject();
        if (!exact && alternatives.isEmpty()) {
            findings.required(path, "exactly one of `exactly` or `firstAvailable` is required");
        } else if (exact && !alternatives.isEmpty()) {
            findings.invalid(path, Findings.NOTHING,
                    "exactly one of `exactly` or `firstAvailable` is required, but multiple fields are set");
        } else if (exact) {
            JsonNode wanted = request.path("exactly");
            String name = Findings.text(wanted, "deviceClassName");
            if (name.isEmpty()) {
                findings.required(path + ".exactly.deviceClassName", "");
            } else {
                findings.invalid(path + ".exactly.deviceClassName", name, Names.subdomain(name));
            }
            wanted(wanted, path + ".exactly");
        } else {
            alternatives(alternatives, path + ".firstAvailable");
        }
    }

    private void alternatives(JsonNode alternatives, String path) {
        Declared in = new Declared(declared);
        if (!in.few(alternatives, MAX_ALTERNATIVES, path)) {
            return;
        }
        in.unique(alternatives, "name", path);
        for (int at = 0; at < alternatives.size(); at++) {
            String where = path + "[" + at + "]";
            label(Findings.text(alternatives.get(at), "name"), where + ".name");
            String name = Findings.text(alternatives.get(at), "deviceClassName");
            if (name.isEmpty()) {
                declared.required(where + ".deviceClassName", "");
            } else {
                declared.invalid(where + ".deviceClassName", name, Names.longName(name));
            }
            wanted(alternatives.get(at), where);
        }
    }

    private void wanted(JsonNode request, String path) {
        DeviceClassRules.selectors(request.path("selectors"), path + ".selectors", findings, declared);
        String mode = Findings.text(request, "allocationMode");
        long count = request.path("count").asLong(0);
        switch (mode) {
            case "All" -> {
                if (count != 0) {
                    findings.invalid(path + ".count", count, "must not be specified when allocationMode is 'All'");
                }
            }
            case "ExactCount" -> {
                if (count <= 0) {
                    findings.invalid(path + ".count", count, "must be greater than zero");
                }
            }
            default -> declared.add(FieldError.notSupported(path + ".allocationMode", mode, MODES));
        }
        DeviceTaintRules.tolerations(request.path("tolerations"), path + ".tolerations", findings, declared);
    }

    private void constraint(JsonNode constraint, String path) {
        references(constraint.path("requests"), path + ".requests", requests, findings, declared);
        if (!constraint.has("matchAttribute") && !constraint.has("distinctAttribute")) {
            findings.required(path, "exactly one of \"matchAttribute\" or \"distinctAttribute\" is required, but "
                    + "multiple fields are set");
        }
        for (String field : List.of("matchAttribute", "distinctAttribute")) {
            if (constraint.has(field)) {
                DeviceNames.declaredFullyQualified(Findings.text(constraint, field), path + "." + field, declared);
            }
        }
    }

    private void label(String name, String path) {
        findings.invalid(path, name, Names.label(name));
    }

    /** Names of requests, each of which there has to be. */
    static void references(JsonNode names, String path, Map<String, Set<String>> requests, Findings findings,
            Findings declared) {
        Declared in = new Declared(declared);
        if (!in.few(names, DeviceClassRules.MAX_ITEMS, path)) {
            return;
        }
        for (int at = 0; at < names.size(); at++) {
            reference(names.get(at).asText(), path + "[" + at + "]", requests, findings);
        }
        in.unique(names, "", path);
    }

    static void reference(String name, String path, Map<String, Set<String>> requests, Findings findings) {
        String[] segments = name.split("/", -1);
        if (segments.length > 2) {
            findings.invalid(path, name, NO_SUCH_REQUEST);
            return;
        }
        for (String segment : segments) {
            findings.invalid(path, segment, Names.label(segment));
        }
        Set<String> alternatives = requests.get(segments[0]);
        if (alternatives == null || segments.length == 2 && !alternatives.contains(segments[1])) {
            findings.invalid(path, name, NO_SUCH_REQUEST);
        }
    }
}
