package dev.xebec.model.managed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.GoString;
import dev.xebec.model.object.Json;
import dev.xebec.model.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * By what an item of a list is told from the others: its keys, or itself.
 *
 * <p>Source: structured-merge-diff v6 {@code typed/helpers.go}.
 */
final class ListItems {
    private ListItems() {}

    /** An item that has no element of a path; the message says why. */
    static final class Unidentified extends Exception {
        private static final long serialVersionUID = 1;

        Unidentified(String message) {
            super(message, null, false, false);
        }

        String text() {
            String message = getMessage();
            return message == null ? "" : message;
        }
    }

    /** @param view completes what a typed object leaves out */
    static PathElement element(Schema.ListOf list, JsonNode item, GoView view) throws Unidentified {
        if (list.listType() == Schema.ListType.MAP) {
            return keyed(list, item, view);
        }
        if (item.isObject()) {
            throw new Unidentified("associative list without keys has an element that's a map type");
        }
        if (item.isArray()) {
            throw new Unidentified("not supported: associative list with lists as elements");
        }
        if (item.isNull()) {
            throw new Unidentified("associative list without keys has an element that's an explicit null");
        }
        return PathElement.value(item);
    }

    private static PathElement keyed(Schema.ListOf list, JsonNode item, GoView view) throws Unidentified {
        if (item.isNull()) {
            throw new Unidentified("associative list with keys may not have a null element");
        }
        if (!item.isObject()) {
            throw new Unidentified("associative list with keys may not have non-map elements");
        }
        List<PathElement.Part> parts = new ArrayList<>(list.mapKeys().size());
        for (String key : list.mapKeys()) {
            JsonNode value = item.get(key);
            if (value == null) {
                value = absent(list, key, view);
            }
            // An element without one of its keys is another than each that has it.
            if (value != null) {
                parts.add(new PathElement.Part(key, Values.canonical(value)));
            }
        }
        if (parts.isEmpty() && !list.mapKeys().isEmpty()) {
            throw new Unidentified("associative list with keys has an element that omits all key fields "
                    + list.mapKeys().stream().map(GoString::quoted).collect(Collectors.joining(" ", "[", "]"))
                    + " (and doesn't have default values for any key fields)");
        }
        if (parts.size() > 1) {
            parts.sort((one, two) -> Values.compareText(one.name(), two.name()));
        }
        return new PathElement.Key(parts);
    }

    /** A key field's default, or what a typed object has in its place. */
    private static @Nullable JsonNode absent(Schema.ListOf list, String key, GoView view) {
        if (!(list.items() instanceof Schema.Struct struct) || !(struct.field(key) instanceof Schema.Field field)) {
            return null;
        }
        return field.defaultJson().isEmpty()
                ? view.missing(struct, field)
                : Json.parse(field.defaultJson().getBytes(StandardCharsets.UTF_8));
    }
}
