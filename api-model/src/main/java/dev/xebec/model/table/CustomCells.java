package dev.xebec.model.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.xebec.model.kind.Kind;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * The cells of custom resources: the first value that a column's path yields, if it is of the column's type.
 *
 * <p>Source: apiextensions-apiserver {@code pkg/registry/customresource/tableconvertor}.
 */
final class CustomCells {

    private CustomCells() {}

    static JsonNode cell(Kind.Column column, JsonNode object, Instant now) {
        List<JsonNode> found = JsonPath.parse(column.path()).read(object);
        JsonNode value = found.isEmpty() ? NullNode.instance : found.get(0);
        return switch (column.type()) {
            case "string" -> found.isEmpty() ? NullNode.instance : text(value);
            case "integer" -> value.isNumber() ? LongNode.valueOf(value.asLong()) : NullNode.instance;
            case "number" -> value.isNumber() ? DoubleNode.valueOf(value.asDouble()) : NullNode.instance;
            case "boolean" -> value.isBoolean() ? value : NullNode.instance;
            case "date" -> value.isTextual() ? date(value, now) : NullNode.instance;
            default -> NullNode.instance;
        };
    }

    private static JsonNode text(JsonNode value) {
        return value.isTextual() ? value : TextNode.valueOf(value.isNull() ? "<nil>" : value.toString());
    }

    private static JsonNode date(JsonNode value, Instant now) {
        try {
            return TextNode.valueOf(OffsetDateTime.parse(value.asText()).toInstant().equals(Instant.MIN)
                    ? "<unknown>"
                    : Durations.since(value, now));
        } catch (DateTimeException malformed) {
            return TextNode.valueOf("<invalid>");
        }
    }
}
