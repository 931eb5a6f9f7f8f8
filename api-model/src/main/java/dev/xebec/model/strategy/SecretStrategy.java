package dev.xebec.model.strategy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What is written as {@code stringData} becomes {@code data}; it is never read back. */
record SecretStrategy() implements Strategy {

    @Override
    public void prepareCreate(ObjectNode secret) {
        encode(secret);
    }

    @Override
    public void prepareUpdate(ObjectNode now, ObjectNode before) {
        encode(now);
    }

    private static void encode(ObjectNode secret) {
        if (secret.remove("stringData") instanceof ObjectNode plain && !plain.isEmpty()) {
            ObjectNode data = secret.get("data") instanceof ObjectNode given ? given : secret.putObject("data");
            plain.properties().forEach(entry -> data.put(entry.getKey(), Base64.getEncoder()
                    .encodeToString(entry.getValue().asText().getBytes(StandardCharsets.UTF_8))));
        }
    }
}
