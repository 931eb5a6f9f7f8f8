package dev.xebec.model.defaulting;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What is written as {@code stringData} becomes {@code data} as soon as it is read, and whoever writes it owns that. Source:
 * {@code pkg/apis/core/v1/conversion.go} of Kubernetes, Convert_v1_Secret_To_core_Secret.
 */
final class PlainData {
    private PlainData() {}

    static void encode(ObjectNode secret) {
        if (secret.remove("stringData") instanceof ObjectNode plain && !plain.isEmpty()) {
            ObjectNode data = secret.get("data") instanceof ObjectNode given ? given : secret.putObject("data");
            plain.properties().forEach(entry -> data.put(entry.getKey(), Base64.getEncoder()
                    .encodeToString(entry.getValue().asText().getBytes(StandardCharsets.UTF_8))));
        }
    }
}
