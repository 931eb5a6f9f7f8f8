package dev.xebec.model.managed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.schema.Schema;
import java.util.Map;

/**
 * Tells, without reading a field set, whether {@link SchemaChanges} would make another one of it: most sets of most writes
 * stay as they are.
 */
final class Outdated {
    private Outdated() {}

    static boolean is(Owned owned, Schema schema) {
        JsonNode json = owned.json();
        return json == null || below(json, schema);
    }

    private static boolean is(JsonNode fields, Schema schema) {
        if (schema instanceof Schema.Scalar || schema instanceof Schema.Untyped || fields.isEmpty()) {
            return false;
        }
        Schemas.Form form = schema instanceof Schema.ListOf ? Schemas.Form.LIST : Schemas.Form.MAP;
        return Schemas.atomic(schema, form) || below(fields, schema);
    }

    private static boolean below(JsonNode fields, Schema schema) {
        for (Map.Entry<String, JsonNode> entry : fields.properties()) {
            String key = entry.getKey();
            if (key.equals(".")) {
                continue;
            }
            if (schema instanceof Schema.ListOf list) {
                if (is(entry.getValue(), list.items())) {
                    return true;
                }
            } else {
                Schema type = Schemas.field(schema, key.startsWith("f:") ? key.substring(2) : "");
                if (type == null || is(entry.getValue(), type)) {
                    return true;
                }
            }
        }
        return false;
    }
}
