package dev.xebec.model.managed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.model.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares two objects of a kind, field by field as far as fields are owned one by one.
 *
 * <p>Source: structured-merge-diff v6 {@code typed/compare.go}.
 */
final class Comparer {
    private final GoView view;
    private final FieldSetBuilder added = new FieldSetBuilder();
    private final FieldSetBuilder modified = new FieldSetBuilder();
    private final FieldSetBuilder removed = new FieldSetBuilder();

    private Comparer(GoView view) {
        this.view = view;
    }

    /** Refuses by TypedException what does not fit the schema. */
    static Comparison compare(Schema schema, GoView view, ObjectNode before, ObjectNode after) {
        Comparer comparer = new Comparer(view);
        comparer.walk(null, schema, before, after);
        return new Comparison(comparer.added.build(), comparer.modified.build(), comparer.removed.build());
    }

    private void walk(@Nullable Trail at, Schema schema, @Nullable JsonNode before, @Nullable JsonNode after) {
        if (before == after) {
            return;
        }
        Schemas.Form form = Schemas.form(schema, after == null ? before : after);
        if (before != null && after != null) {
            Schemas.Form former = Schemas.form(schema, before);
            if (former != form || Schemas.open(schema, before) != Schemas.open(schema, after)) {
                walk(at, schema, former, before, after);
            }
        }
        boolean leaf = walk(at, schema, form, before, after);
        if (!leaf && before == null) {
            added.insert(at);
        } else if (!leaf && after == null) {
            removed.insert(at);
        }
    }

    /** Whether the value was taken as a whole. */
    private boolean walk(@Nullable Trail at, Schema schema, Schemas.Form form, @Nullable JsonNode before,
            @Nullable JsonNode after) {
        if (Schemas.atomic(schema, form)) {
            return leaf(at, before, after);
        }
        if (form == Schemas.Form.LIST && schema instanceof Schema.ListOf list) {
            ArrayNode one = before instanceof ArrayNode items && !items.isEmpty() ? items : null;
            ArrayNode two = after instanceof ArrayNode items && !items.isEmpty() ? items : null;
            if (one == null && two == null) {
                return leaf(at, before, after);
            }
            items(at, list, one, two);
            return false;
        }
        ObjectNode one = before instanceof ObjectNode map ? map : null;
        ObjectNode two = after instanceof ObjectNode map ? map : null;
        List<String> standing = one == null || two == null ? view.standing(schema) : List.of();
        if ((one == null || one.isEmpty()) && (two == null || two.isEmpty()) && standing.isEmpty()) {
            return leaf(at, before, after);
        }
        fields(at, schema, one, two, standing);
        return false;
    }

    private boolean leaf(@Nullable Trail at, @Nullable JsonNode before, @Nullable JsonNode after) {
        if (before == null) {
            added.insert(at);
        } else if (after == null) {
            removed.insert(at);
        } else if (!Json.same(before, after)) {
            modified.insert(at);
        }
        return true;
    }

    private void fields(@Nullable Trail at, Schema schema, @Nullable ObjectNode before, @Nullable ObjectNode after,
            List<String> standing) {
        if (before != null) {
            for (Map.Entry<String, JsonNode> field : before.properties()) {
                field(at, schema, field.getKey(), before, after);
            }
        }
        if (after != null) {
            for (Map.Entry<String, JsonNode> field : after.properties()) {
                if (before == null || !before.has(field.getKey())) {
                    field(at, schema, field.getKey(), before, after);
                }
            }
        }
        for (String name : standing) {
            if ((before == null || !before.has(name)) && (after == null || !after.has(name))) {
                field(at, schema, name, before, after);
            }
        }
    }

    private void field(@Nullable Trail at, Schema schema, String name, @Nullable ObjectNode before,
            @Nullable ObjectNode after) {
        JsonNode one = before == null ? null : before.get(name);
        JsonNode two = after == null ? null : after.get(name);
        Schema below = Schemas.field(schema, name);
        if (below == null || (one == two && one != null)) {
            return;
        }
        if (schema instanceof Schema.Struct struct && struct.field(name) instanceof Schema.Field field) {
            one = before == null ? null : view.of(struct, field, one);
            two = after == null ? null : view.of(struct, field, two);
        }
        if (one != null || two != null) {
            walk(new Trail(at, name), below, one, two);
        }
    }

    private void items(@Nullable Trail at, Schema.ListOf list, @Nullable ArrayNode before, @Nullable ArrayNode after) {
        Map<PathElement, List<JsonNode>> ones = index(at, list, before);
        Map<PathElement, List<JsonNode>> twos = index(at, list, after);
        ones.forEach((element, items) -> item(at, list, element, items, twos.getOrDefault(element, List.of())));
        twos.forEach((element, items) -> {
            if (!ones.containsKey(element)) {
                item(at, list, element, List.of(), items);
            }
        });
    }

    private Map<PathElement, List<JsonNode>> index(@Nullable Trail at, Schema.ListOf list, @Nullable ArrayNode items) {
        Map<PathElement, List<JsonNode>> index = new LinkedHashMap<>();
        for (int place = 0; items != null && place < items.size(); place++) {
            try {
                PathElement element = ListItems.element(list, items.get(place), view);
                index.computeIfAbsent(element, absent -> new ArrayList<>(1)).add(items.get(place));
            } catch (ListItems.Unidentified item) {
                throw new TypedException(Trail.shown(at), "element " + place + ": " + item.text());
            }
        }
        return index;
    }

    /** Items that a list has several times count together: as a member without anything below it. */
    private void item(@Nullable Trail at, Schema.ListOf list, PathElement element, List<JsonNode> before,
            List<JsonNode> after) {
        Trail here = new Trail(at, element);
        if (before.size() <= 1 && after.size() <= 1) {
            walk(here, list.items(), before.isEmpty() ? null : before.get(0), after.isEmpty() ? null : after.get(0));
        } else if (before.size() >= 2 && after.size() >= 2) {
            if (!same(before, after)) {
                modified.insert(here);
            }
        } else if (before.size() >= 2) {
            if (!after.isEmpty()) {
                walk(here, list.items(), null, after.get(0));
            }
            removed.insert(here);
        } else {
            if (!before.isEmpty()) {
                walk(here, list.items(), before.get(0), null);
            }
            added.insert(here);
        }
    }

    private static boolean same(List<JsonNode> one, List<JsonNode> two) {
        if (one.size() != two.size()) {
            return false;
        }
        for (int at = 0; at < one.size(); at++) {
            if (!Json.same(one.get(at), two.get(at))) {
                return false;
            }
        }
        return true;
    }
}
