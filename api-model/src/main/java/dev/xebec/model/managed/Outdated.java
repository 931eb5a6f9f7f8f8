package dev.xebec.model.managed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.schema.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells, without reading a field set, whether {@link SchemaChanges} would make another one of it: most sets of most writes
 * stay as they are.
 */
final class Outdated {
    private final GoView view;

    private Outdated(GoView view) {
        this.view = view;
    }

    static boolean is(Owned owned, Schema schema, JsonNode live, GoView view) {
        JsonNode json = owned.json();
        return json == null || new Outdated(view).below(json, schema, live);
    }

    /** @param live null where it is not there */
    private boolean is(JsonNode fields, Schema schema, @Nullable JsonNode live) {
        if (schema instanceof Schema.Scalar || schema instanceof Schema.Untyped) {
            return false;
        }
        boolean list = schema instanceof Schema.ListOf;
        boolean whole = fields.isEmpty();
        if (Schemas.atomic(schema, list ? Schemas.Form.LIST : Schemas.Form.MAP)) {
            return !whole;
        }
        return whole ? live != null && live.isContainerNode() && !live.isEmpty() : below(fields, schema, live);
    }

    private boolean below(JsonNode fields, Schema schema, @Nullable JsonNode live) {
        for (Map.Entry<String, JsonNode> entry : fields.properties()) {
            String key = entry.getKey();
            if (key.equals(".")) {
                continue;
            }
            if (schema instanceof Schema.ListOf list) {
                if (is(entry.getValue(), list.items(), item(key, list, entry.getValue(), live))) {
                    return true;
                }
            } else {
                String name = key.startsWith("f:") ? key.substring(2) : "";
                Schema type = Schemas.field(schema, name);
                if (type == null || is(entry.getValue(), type, live == null ? null : live.get(name))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The item of a live list; of a list of scalars it does not matter which. */
    private @Nullable JsonNode item(String key, Schema.ListOf list, JsonNode fields, @Nullable JsonNode live) {
        if (live == null || list.listType() != Schema.ListType.MAP) {
            return null;
        }
        for (JsonNode item : live) {
            try {
                if (FieldsV1.text(ListItems.element(list, item, view)).equals(key)) {
                    return item;
                }
            } catch (ListItems.Unidentified unidentified) {
                return fields;
            }
        }
        return null;
    }
}
