package dev.xebec.model.managed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.schema.Schema;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The fields that an object mentions: every leaf and every item.
 *
 * <p>Source: structured-merge-diff v6 {@code typed/tofieldset.go}.
 */
final class Fields {
    private Fields() {}

    static FieldSet of(Schema schema, ObjectNode object) {
        FieldSetBuilder set = new FieldSetBuilder();
        fields(set, schema, object);
        return set.build();
    }

    /** What is below an element: the element itself is a member where it is a leaf, and else by its parent's judgement. */
    private static boolean leaf(FieldSetBuilder parent, PathElement element, Schema schema, JsonNode value) {
        Schemas.Form form = Schemas.form(schema, value);
        if (Schemas.atomic(schema, form)) {
            parent.insert(element);
            return true;
        }
        if (value instanceof ObjectNode object && form == Schemas.Form.MAP && !object.isEmpty()) {
            fields(parent.below(element), schema, object);
        } else if (value instanceof ArrayNode array && schema instanceof Schema.ListOf list && !array.isEmpty()) {
            items(parent.below(element), list, array);
        }
        return false;
    }

    private static void fields(FieldSetBuilder set, Schema schema, ObjectNode object) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            Schema below = Schemas.field(schema, field.getKey());
            if (below == null) {
                continue;
            }
            PathElement element = PathElement.field(field.getKey());
            JsonNode value = field.getValue();
            boolean whole = leaf(set, element, below, value);
            if (!whole && (value.isNull() || (value.isObject() && value.isEmpty())
                    || !Schemas.declares(schema, field.getKey()))) {
                set.insert(element);
            }
        }
    }

    private static void items(FieldSetBuilder set, Schema.ListOf list, ArrayNode items) {
        Map<PathElement, JsonNode> once = new LinkedHashMap<>();
        Set<PathElement> twice = new HashSet<>();
        for (int place = 0; place < items.size(); place++) {
            try {
                PathElement element = ListItems.element(list, items.get(place), GoView.AS_IT_IS);
                if (once.put(element, items.get(place)) != null) {
                    twice.add(element);
                }
            } catch (ListItems.Unidentified item) {
                throw new TypedException("", "element " + place + ": " + item.text());
            }
        }
        once.forEach((element, item) -> {
            if (!twice.contains(element)) {
                leaf(set, element, list.items(), item);
            }
            set.insert(element);
        });
    }
}
