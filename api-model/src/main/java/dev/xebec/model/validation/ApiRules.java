package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import dev.xebec.model.status.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules of certificates, runtimes, flow control and admission policies: what steers the cluster itself. */
final class ApiRules {
    private static final int MIN_CERTIFICATE_SECONDS = 600;

    private ApiRules() {}

    static void signingRequest(ObjectNode spec, String path, Findings findings) {
        String request = Findings.text(spec, "request");
        if (!request.isEmpty() && !pem(request, "CERTIFICATE REQUEST")) {
            findings.invalid(TypeRule.at(path, "request"), request, "PEM block type must be CERTIFICATE REQUEST");
        }
        if (spec.path("usages").isEmpty()) {
            findings.required(TypeRule.at(path, "usages"), "");
        }
        Set<String> seen = new HashSet<>();
        JsonNode usages = spec.path("usages");
        for (int at = 0; at < usages.size(); at++) {
            if (!seen.add(usages.get(at).asText())) {
                findings.duplicate(TypeRule.at(path, "usages", at), usages.get(at).asText());
            }
        }
        signer(spec, path, findings);
        JsonNode seconds = spec.path("expirationSeconds");
        if (seconds.isNumber() && seconds.asLong() < MIN_CERTIFICATE_SECONDS) {
            findings.invalid(TypeRule.at(path, "expirationSeconds"), seconds,
                    "may not specify a duration less than 600 seconds (10 minutes)");
        }
    }

    static void signer(ObjectNode spec, String path, Findings findings) {
        String signer = Findings.text(spec, "signerName");
        if (signer.isEmpty()) {
            return;
        }
        String where = TypeRule.at(path, "signerName");
        String[] parts = signer.split("/", -1);
        if (parts.length != 2) {
            findings.invalid(where, signer,
                    "must be a fully qualified domain and path of the form 'example.com/signer-name'");
            return;
        }
        if (!Names.subdomain(parts[0]).isEmpty() || !parts[0].contains(".")) {
            findings.invalid(where, signer, Names.subdomain(parts[0]).isEmpty()
                    ? List.of("should be a domain with at least two segments separated by dots")
                    : Names.subdomain(parts[0]));
        }
        if (!Names.subdomain(parts[1]).isEmpty()) {
            findings.invalid(where, signer, Names.subdomain(parts[1]));
        }
    }

    private static boolean pem(String base64, String type) {
        try {
            String text = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            return text.contains("-----BEGIN " + type + "-----") && text.contains("-----END " + type + "-----");
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    static void trustBundle(ObjectNode object, String path, Findings findings) {
        String bundle = Findings.text(object.path("spec"), "trustBundle");
        String signer = Findings.text(object.path("spec"), "signerName");
        if (!bundle.isEmpty() && !bundle.contains("-----BEGIN CERTIFICATE-----")) {
            findings.invalid("spec.trustBundle", "<value omitted>", "at least one trust anchor must be provided");
        }
        String name = Findings.text(object.path("metadata"), "name");
        if (signer.isEmpty() && name.contains(":")) {
            findings.invalid("metadata.name", name, "ClusterTrustBundle without signer name must not have \":\" in "
                    + "its name");
        } else if (!signer.isEmpty() && !name.startsWith(signer.replace('/', ':') + ":")) {
            findings.invalid("metadata.name", name, "ClusterTrustBundle for signerName " + signer
                    + " must be named with prefix " + signer.replace('/', ':') + ":");
        }
    }

    static void runtimeClass(ObjectNode object, String path, Findings findings) {
        String handler = Findings.text(object, "handler");
        if (!handler.isEmpty()) {
            findings.invalid("handler", handler, Names.shortName(handler));
        }
        ContainerRules.amounts(object.path("overhead").path("podFixed"), "overhead.limits", findings);
        MetadataRules.labels(object.path("scheduling").path("nodeSelector"), "scheduling.nodeSelector", findings);
    }

    static void mutatingBinding(ObjectNode spec, String path, Findings findings) {
        PolicyParameters.check(spec.path("paramRef"), TypeRule.at(path, "paramRef"), findings);
        WebhookMatchRules.matched(spec.path("matchResources"), TypeRule.at(path, "matchResources"), findings);
    }

    static void policyBinding(ObjectNode spec, String path, Findings findings) {
        mutatingBinding(spec, path, findings);
        Set<String> seen = new HashSet<>();
        JsonNode actions = spec.path("validationActions");
        for (int at = 0; at < actions.size(); at++) {
            String action = actions.get(at).asText();
            String where = TypeRule.at(path, "validationActions", at);
            if (!List.of("Audit", "Deny", "Warn").contains(action)) {
                findings.add(FieldError.notSupported(where, action, List.of("Audit", "Deny", "Warn")));
            }
            if (!seen.add(action)) {
                findings.duplicate(where, action);
            }
        }
        if (seen.containsAll(List.of("Deny", "Warn"))) {
            findings.invalid(TypeRule.at(path, "validationActions"), actions, "must not contain both Deny and Warn "
                    + "(repeating the same validation failure information in the API response and headers serves no "
                    + "purpose)");
        }
    }

    /** An event that is told in the newer group says who reports it and what was done. */
    static void event(ObjectNode event, String path, Findings findings) {
        String namespace = Findings.text(event.path("regarding"), "namespace");
        String own = Findings.text(event.path("metadata"), "namespace");
        if (!namespace.isEmpty() && !namespace.equals(own)) {
            findings.invalid("involvedObject.namespace", namespace, "does not match event.namespace");
        }
        String controller = Findings.text(event, "reportingController");
        if (controller.isEmpty()) {
            findings.required("reportingController", "");
        } else {
            findings.invalid("reportingController", controller, Names.qualified(controller));
        }
        for (String field : List.of("reportingInstance", "action", "reason")) {
            String value = Findings.text(event, field);
            if (value.isEmpty()) {
                findings.required(field, "");
            } else if (value.length() > 128) {
                findings.invalid(field, "", "can have at most 128 characters");
            }
        }
        if (Findings.text(event, "note").length() > 1024) {
            findings.invalid("note", "", "can have at most 1024 characters");
        }
        if (!List.of("Normal", "Warning").contains(Findings.text(event, "type"))) {
            findings.invalid("type", "", "has invalid value: " + Findings.text(event, "type"));
        }
        if (!event.path("eventTime").isTextual()) {
            findings.required("eventTime", "");
        }
    }
}
