package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.status.FieldError;
import java.util.List;
import java.util.Set;

/** A pod's own certificate in one of its volumes. Source: as {@link VolumeRules}. */
final class CertificateProjection {
    private static final List<String> KEYS = List.of("RSA3072", "RSA4096", "ECDSAP256", "ECDSAP384", "ECDSAP521",
            "ED25519");
    private static final int MIN_SECONDS = 3600;
    private static final int MAX_SECONDS = 91 * 24 * 3600;
    /** Of what Kubernetes itself signs. */
    private static final int MAX_OWN_SECONDS = 24 * 3600;

    private CertificateProjection() {}

    static void check(ObjectNode source, String path, Set<String> paths, Findings findings) {
        String signer = Findings.text(source, "signerName");
        ApiRules.signer(source, path, findings);
        String key = Findings.text(source, "keyType");
        if (!key.isEmpty() && !KEYS.contains(key)) {
            findings.add(FieldError.notSupported(path + ".keyType", key, KEYS));
        }
        seconds(source.path("maxExpirationSeconds"), signer, path + ".maxExpirationSeconds", findings);
        int files = 0;
        for (String field : List.of("credentialBundlePath", "keyPath", "certificateChainPath")) {
            String file = Findings.text(source, field);
            if (!file.isEmpty()) {
                files++;
                VolumeRules.local(file, path + "." + field, findings);
                if (!paths.add(file)) {
                    findings.invalid(path.substring(0, path.indexOf(".sources[")), file, "conflicting duplicate paths");
                }
            }
        }
        if (files == 0) {
            findings.required(path,
                    "specify at least one of credentialBundlePath, keyPath, and certificateChainPath");
        }
    }

    private static void seconds(JsonNode seconds, String signer, String path, Findings findings) {
        if (!seconds.isNumber()) {
            return;
        }
        int max = signer.startsWith("kubernetes.io/") || signer.split("/", 2)[0].endsWith(".kubernetes.io")
                ? MAX_OWN_SECONDS
                : MAX_SECONDS;
        if (seconds.asLong() < MIN_SECONDS) {
            findings.invalid(path, seconds, "if provided, maxExpirationSeconds must be >= " + MIN_SECONDS);
        } else if (seconds.asLong() > max) {
            findings.invalid(path, seconds, "if provided, maxExpirationSeconds must be <= " + max);
        }
    }
}
