package dev.xebec.gateway.encode;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.Json;
import dev.xebec.model.table.TableColumns;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Objects as rows of a Table, which is what {@code kubectl get} prints. One row at a time is a tree. */
final class TableEncoder {
    private static final Bytes COMMA = Bytes.utf8(",");
    private static final Bytes END = Bytes.utf8("]}\n");

    private final InstantSource clock;

    TableEncoder(InstantSource clock) {
        this.clock = clock;
    }

    /** A Table of one object: its revision is the Table's. */
    List<Bytes> object(OutputForm form, Kind kind, Bytes json, boolean withColumns) {
        ApiObject object = ApiObject.parse(Encoder.inVersion(kind, json).array());
        ObjectNode meta = Json.object().put("resourceVersion", Long.toString(object.revision()));
        return List.of(head(form, kind, meta, withColumns), row(form, kind, object), END);
    }

    List<Bytes> list(OutputForm form, Kind kind, ObjectNode meta, List<CachedObject> objects) {
        List<Bytes> chunks = new ArrayList<>(2 * objects.size() + 2);
        chunks.add(head(form, kind, meta, true));
        for (int at = 0; at < objects.size(); at++) {
            if (at > 0) {
                chunks.add(COMMA);
            }
            chunks.add(row(form, kind, ApiObject.parse(Encoder.inVersion(kind, objects.get(at).json()).array())));
        }
        chunks.add(END);
        return chunks;
    }

    private static Bytes head(OutputForm form, Kind kind, ObjectNode meta, boolean withColumns) {
        ObjectNode table = Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/" + form.version());
        table.set("metadata", meta);
        ArrayNode columns = table.putArray("columnDefinitions");
        if (withColumns) {
            for (Kind.Column column : TableColumns.columns(kind)) {
                columns.addObject().put("name", column.name()).put("type", column.type()).put("format", column.format())
                        .put("description", column.description()).put("priority", column.priority());
            }
        }
        String text = new String(Json.bytes(table), StandardCharsets.UTF_8);
        return Bytes.utf8(text.substring(0, text.length() - 1) + ",\"rows\":[");
    }

    private Bytes row(OutputForm form, Kind kind, ApiObject object) {
        ObjectNode row = Json.object();
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
        return Bytes.of(Json.bytes(row));
    }
}
