package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.status.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the status of a request for a certificate may become: decisions stand, and a certificate stays what it is. Source: k/k
 * {@code pkg/apis/certificates/validation/validation.go}.
 */
final class CertificateRequestRules {
    static final String TYPE = "certificates.v1.CertificateSigningRequest";
    private static final String CONDITIONS = "status.conditions";
    private static final List<String> DECISIONS = List.of("Approved", "Denied");
    private static final List<String> LASTING = List.of("Approved", "Denied", "Failed");
    private static final List<String> TRUE = List.of("True");
    private static final List<String> STATES = List.of("False", "True", "Unknown");
    private static final String BLOCK = "-----BEGIN CERTIFICATE-----";

    private CertificateRequestRules() {}

    static void approval(ObjectNode now, ObjectNode before, Findings findings) {
        conditions(now, before, findings);
        kept(now, before, findings);
        exclusive(now, before, findings);
    }

    static void status(ObjectNode now, ObjectNode before, Findings findings) {
        conditions(now, before, findings);
        String certificate = Findings.text(now.path("status"), "certificate");
        String old = Findings.text(before.path("status"), "certificate");
        if (!certificate.isEmpty() && !certificate.equals(old) && !holdsCertificate(certificate)) {
            findings.invalid("status.certificate", "<certificate data>",
                    "must contain at least one CERTIFICATE PEM block");
        }
        kept(now, before, findings);
        for (String type : DECISIONS) {
            if (of(type, now).size() > of(type, before).size()) {
                findings.forbidden(CONDITIONS, "updates may not add a condition of type \"" + type + "\"");
            }
        }
        if (!old.isEmpty() && !certificate.equals(old)) {
            findings.forbidden("status.certificate", "updates may not modify existing certificate content");
        }
        exclusive(now, before, findings);
    }

    private static void conditions(ObjectNode now, ObjectNode before, Findings findings) {
        JsonNode conditions = now.path("status").path("conditions");
        boolean unique = unique(before.path("status").path("conditions"));
        Set<String> seen = new HashSet<>();
        for (int at = 0; at < conditions.size(); at++) {
            String type = Findings.text(conditions.get(at), "type");
            String where = CONDITIONS + "[" + at + "]";
            if (type.isEmpty()) {
                findings.required(where + ".type", "");
            }
            String state = Findings.text(conditions.get(at), "status");
            List<String> allowed = LASTING.contains(type) ? TRUE : STATES;
            if (state.isEmpty()) {
                findings.required(where + ".status", "");
            } else if (!allowed.contains(state)) {
                findings.add(FieldError.notSupported(where + ".status", state, allowed));
            }
            if (!seen.add(type) && unique) {
                findings.duplicate(where + ".type", type);
            }
        }
    }

    private static boolean unique(JsonNode conditions) {
        Set<String> seen = new HashSet<>();
        boolean unique = true;
        for (JsonNode condition : conditions) {
            unique &= seen.add(Findings.text(condition, "type"));
        }
        return unique;
    }

    private static void kept(ObjectNode now, ObjectNode before, Findings findings) {
        for (String type : LASTING) {
            if (of(type, now).size() < of(type, before).size()) {
                findings.forbidden(CONDITIONS, "updates may not remove a condition of type \"" + type + "\"");
            }
        }
    }

    private static void exclusive(ObjectNode now, ObjectNode before, Findings findings) {
        if (both(now) && !both(before)) {
            findings.invalid(CONDITIONS, "{conditions[{\"type\": \"Approved\"}], conditions[{\"type\": \"Denied\"}]}",
                    "must specify at most one of: `conditions[{\"type\": \"Approved\"}]`, "
                            + "`conditions[{\"type\": \"Denied\"}]`");
        }
    }

    private static boolean both(ObjectNode request) {
        return DECISIONS.stream().noneMatch(type -> of(type, request).isEmpty());
    }

    private static List<JsonNode> of(String type, ObjectNode request) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode condition : request.path("status").path("conditions")) {
            if (Findings.text(condition, "type").equals(type)) {
                found.add(condition);
            }
        }
        return found;
    }

    private static boolean holdsCertificate(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8).contains(BLOCK);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
