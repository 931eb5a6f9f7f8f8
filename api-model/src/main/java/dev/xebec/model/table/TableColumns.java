package dev.xebec.model.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.ApiObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes an object's row of a table. The first column is the name, unless the kind places a column {@code Name}
 * itself.
 */
public final class TableColumns {
    private static final Kind.Column NAME = new Kind.Column("Name", "string", "name",
            "Name must be unique within a namespace.", 0, ".metadata.name");

    private TableColumns() {}

    /** The columns that {@link #cells} fills, in its order. */
    public static List<Kind.Column> columns(Kind kind) {
        if (kind.columns().stream().anyMatch(column -> column.name().equals(NAME.name()))) {
            return kind.columns();
        }
        List<Kind.Column> columns = new ArrayList<>(kind.columns().size() + 1);
        columns.add(NAME);
        columns.addAll(kind.columns());
        return columns;
    }

    public static List<JsonNode> cells(Kind kind, ApiObject object, Instant now) {
        List<Kind.Column> columns = columns(kind);
        List<JsonNode> cells = new ArrayList<>(columns.size());
        for (Kind.Column column : columns) {
            boolean computed = kind.custom() == null || column == NAME;
            cells.add(computed ? cell(column, object, now) : CustomCells.cell(column, object.tree(), now));
        }
        return cells;
    }

    /** Whether a column's path can be computed. */
    static boolean isKnown(Kind.Column column) {
        return !column.path().startsWith("fn:") || ComputedCells.BY_NAME.containsKey(column.path().substring(3));
    }

    private static JsonNode cell(Kind.Column column, ApiObject object, Instant now) {
        if (column.path().startsWith("fn:")) {
            Cell computed = ComputedCells.BY_NAME.get(column.path().substring(3));
            if (computed == null) {
                throw new IllegalStateException("no computed cell is called " + column.path());
            }
            return node(computed.of(object, now));
        }
        JsonNode value = ColumnPath.read(object.tree(), column.path());
        if (column.type().equals("date") && value.isTextual()) {
            return TextNode.valueOf(Durations.since(value, now));
        }
        return value.isMissingNode() || value.isNull() ? empty(column.type()) : value;
    }

    private static JsonNode empty(String type) {
        return switch (type) {
            case "integer", "number" -> IntNode.valueOf(0);
            case "boolean" -> BooleanNode.FALSE;
            default -> TextNode.valueOf("");
        };
    }

    private static JsonNode node(Object value) {
        if (value instanceof Integer number) {
            return IntNode.valueOf(number);
        }
        if (value instanceof Boolean truth) {
            return BooleanNode.valueOf(truth);
        }
        return value instanceof JsonNode node
                ? (node.isMissingNode() ? NullNode.instance : node)
                : TextNode.valueOf(String.valueOf(value));
    }
}
