package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.names.Names;
import dev.xebec.model.status.FieldError;
import java.util.List;
import java.util.Map;

/** Rules of ConfigMaps and Secrets. */
final class DataRules {
    /** Bytes of all values of a ConfigMap or Secret. */
    static final int MAX_BYTES = 1024 * 1024;

    private static final Map<String, List<String>> REQUIRED_KEYS = Map.of("kubernetes.io/dockercfg",
            List.of(".dockercfg"), "kubernetes.io/dockerconfigjson", List.of(".dockerconfigjson"),
            "kubernetes.io/ssh-auth", List.of("ssh-privatekey"), "kubernetes.io/tls", List.of("tls.crt", "tls.key"));

    private DataRules() {}

    static void configMap(ObjectNode object, String path, Findings findings) {
        long bytes = 0;
        for (Map.Entry<String, JsonNode> entry : object.path("data").properties()) {
            findings.invalid("data[" + entry.getKey() + "]", entry.getKey(), Names.configKey(entry.getKey()));
            if (object.path("binaryData").has(entry.getKey())) {
                findings.invalid("data[" + entry.getKey() + "]", entry.getKey(),
                        "duplicate of key present in binaryData");
            }
            bytes += MetadataRules.utf8(entry.getValue().asText());
        }
        for (Map.Entry<String, JsonNode> entry : object.path("binaryData").properties()) {
            findings.invalid("binaryData[" + entry.getKey() + "]", entry.getKey(), Names.configKey(entry.getKey()));
            bytes += decodedLength(entry.getValue().asText());
        }
        if (bytes > MAX_BYTES) {
            findings.add(FieldError.tooLong("[]", MAX_BYTES));
        }
    }

    static void secret(ObjectNode object, String path, Findings findings) {
        long bytes = 0;
        JsonNode data = object.path("data");
        for (Map.Entry<String, JsonNode> entry : data.properties()) {
            findings.invalid("data[" + entry.getKey() + "]", entry.getKey(), Names.configKey(entry.getKey()));
            bytes += decodedLength(entry.getValue().asText());
        }
        if (bytes > MAX_BYTES) {
            findings.add(FieldError.tooLong("data", MAX_BYTES));
        }
        String type = Findings.text(object, "type");
        for (String key : REQUIRED_KEYS.getOrDefault(type, List.of())) {
            if (!data.has(key)) {
                findings.required("data[" + key + "]", "");
            }
        }
        if (type.equals("kubernetes.io/service-account-token") && Findings.text(
                object.path("metadata").path("annotations"), "kubernetes.io/service-account.name").isEmpty()) {
            findings.required("metadata.annotations[kubernetes.io/service-account.name]", "");
        }
        if (type.equals("kubernetes.io/basic-auth") && !data.has("username") && !data.has("password")) {
            findings.required("data[username]", "");
            findings.required("data[password]", "");
        }
    }

    private static long decodedLength(String base64) {
        return base64.length() * 3L / 4;
    }

    static void update(ObjectNode now, ObjectNode before, Findings findings) {
        if (before.path("immutable").asBoolean()) {
            if (!now.path("immutable").asBoolean()) {
                findings.forbidden("immutable", "field is immutable when `immutable` is set");
            }
            for (String field : List.of("data", "binaryData")) {
                if (!Findings.same(now.path(field), before.path(field))) {
                    findings.forbidden(field, "field is immutable when `immutable` is set");
                }
            }
        }
    }

    static void updateSecret(ObjectNode now, ObjectNode before, Findings findings) {
        findings.immutable("type", now.path("type"), before.path("type"));
        update(now, before, findings);
    }
}
