package dev.xebec.gateway.encode;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import dev.xebec.model.table.TableColumns;
import java.time.InstantSource;
import java.util.List;

/** Objects as rows of a Table, which is what {@code kubectl get} prints. */
final class TableEncoder {
    private final InstantSource clock;

    TableEncoder(InstantSource clock) {
        this.clock = clock;
    }

    /** A Table's list metadata for one object: its own revision. */
    ObjectNode metaOf(Bytes json) {
        return Json.object().put("resourceVersion", Long.toString(ApiObject.parse(json.array()).revision()));
    }

    Bytes table(OutputForm form, Kind kind, List<Bytes> objects, ObjectNode meta, boolean withColumns) {
        ObjectNode table = Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/" + form.version());
        table.set("metadata", meta);
        ArrayNode columns = table.putArray("columnDefinitions");
        if (withColumns) {
            for (Kind.Column column : TableColumns.columns(kind)) {
                columns.addObject().put("name", column.name()).put("type", column.type()).put("format", column.format())
                        .put("description", column.description()).put("priority", column.priority());
            }
        }
        ArrayNode rows = table.putArray("rows");
        for (Bytes json : objects) {
            row(form, kind, ApiObject.parse(json.array()), rows.addObject());
        }
        return Bytes.of(Json.bytes(table));
    }

    private void row(OutputForm form, Kind kind, ApiObject object, ObjectNode row) {
        row.putArray("cells").addAll(TableColumns.cells(kind, object, clock.instant()));
        switch (form.includeObject()) {
            case "Object" -> row.set("object", object.tree());
            case "Metadata" -> {
                ObjectNode partial = row.putObject("object").put("kind", "PartialObjectMetadata").put("apiVersion",
                        "meta.k8s.io/" + form.version());
                partial.set("metadata", object.metadata());
            }
            default -> row.putNull("object");
        }
    }
}
