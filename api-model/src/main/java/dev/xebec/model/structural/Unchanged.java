package dev.xebec.model.structural;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a value is what it was, so that what is wrong with it is let be: the order of a list of type map does not count.
 *
 * <p>Source: apiserver {@code pkg/cel/common/equality.go}, {@code CachedDeepEqual}.
 */
public final class Unchanged {
    private Unchanged() {}

    public static boolean is(@Nullable Structural schema, JsonNode now, JsonNode before) {
        if (schema == null || Json.same(now, before)) {
            return Json.same(now, before);
        }
        if (now instanceof ArrayNode array && before instanceof ArrayNode old) {
            return schema.isMapList() && schema.items() != null && array.size() == old.size()
                    && elements(schema, schema.items(), array, old);
        }
        return now instanceof ObjectNode object && before instanceof ObjectNode old && object.size() == old.size()
                && fields(schema, object, old);
    }

    private static boolean elements(Structural list, Structural items, ArrayNode now, ArrayNode before) {
        OldElements old = OldElements.of(list, before);
        for (JsonNode element : now) {
            JsonNode previous = old.of(element);
            if (previous == null || !is(items, element, previous)) {
                return false;
            }
        }
        return true;
    }

    private static boolean fields(Structural schema, ObjectNode now, ObjectNode before) {
        for (Map.Entry<String, JsonNode> field : now.properties()) {
            JsonNode previous = before.get(field.getKey());
            Structural property = schema.properties().getOrDefault(field.getKey(), schema.additional());
            if (previous == null || !is(property, field.getValue(), previous)) {
                return false;
            }
        }
        return true;
    }
}
