package dev.xebec.model.strategy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * CustomResourceDefinitions: every version that objects were ever stored in is remembered until somebody says that none is
 * left. Source: apiextensions-apiserver {@code pkg/registry/customresourcedefinition/strategy.go}.
 */
record DefinitionStrategy() implements Strategy {

    @Override
    public void prepareCreate(ObjectNode object) {
        object.remove("status");
        remember(object);
    }

    @Override
    public void prepareUpdate(ObjectNode now, ObjectNode before) {
        StatusIsolation.copy(before, now, "status");
        if (now.get("status") instanceof ObjectNode status) {
            now.set("status", status.deepCopy());
        }
        remember(now);
    }

    private static void remember(ObjectNode definition) {
        for (JsonNode version : definition.path("spec").path("versions")) {
            String name = version.path("name").asText("");
            if (version.path("storage").asBoolean() && !name.isEmpty()) {
                ObjectNode status = definition.get("status") instanceof ObjectNode there
                        ? there
                        : definition.putObject("status");
                ArrayNode stored = status.get("storedVersions") instanceof ArrayNode there
                        ? there
                        : status.putArray("storedVersions");
                boolean known = stored.valueStream().anyMatch(one -> one.asText().equals(name));
                if (!known) {
                    stored.add(name);
                }
                return;
            }
        }
    }
}
