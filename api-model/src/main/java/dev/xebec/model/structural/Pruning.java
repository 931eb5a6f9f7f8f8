package dev.xebec.model.structural;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Drops what a structure does not have. An object's type and metadata are left alone, at the top and in embedded
 * resources; whoever calls judges them.
 *
 * <p>Source: apiextensions-apiserver {@code pkg/apiserver/schema/pruning}, {@code defaulting/prunenulls.go}.
 */
public final class Pruning {
    /** What every whole object has, whatever its schema says. */
    static final Set<String> META = Set.of("apiVersion", "kind", "metadata");

    private final @Nullable List<String> report;
    private final boolean drop;

    private Pruning(@Nullable List<String> report) {
        this.report = report;
        this.drop = report == null;
    }

    /** Changes the object in place. */
    public static void prune(Structural schema, ObjectNode object, boolean wholeObject) {
        new Pruning(null).walk(schema, object, wholeObject, "");
    }

    /** The paths that {@link #prune} would drop, sorted: {@code spec.list[0].unknown}. Changes nothing. */
    public static List<String> unknown(Structural schema, ObjectNode object, boolean wholeObject) {
        List<String> paths = new ArrayList<>();
        new Pruning(paths).walk(schema, object, wholeObject, "");
        Collections.sort(paths);
        return paths;
    }

    private void walk(@Nullable Structural schema, JsonNode value, boolean wholeObject, String path) {
        boolean preserve = schema != null && schema.x().preserveUnknown();
        if (value instanceof ObjectNode object) {
            fields(schema, object, wholeObject || (schema != null && schema.x().embedded()), preserve, path);
        } else if (value instanceof ArrayNode array) {
            Structural items = schema == null ? null : schema.items();
            for (int at = 0; at < array.size(); at++) {
                JsonNode element = array.get(at);
                if (!element.isContainerNode() || (preserve && items == null)) {
                    continue;
                }
                walk(items, element, false, report == null ? path : path + "[" + at + "]");
            }
        }
    }

    private void fields(@Nullable Structural schema, ObjectNode object, boolean whole, boolean preserve, String path) {
        Iterator<Map.Entry<String, JsonNode>> entries = object.properties().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, JsonNode> entry = entries.next();
            String name = entry.getKey();
            if (whole && META.contains(name)) {
                continue;
            }
            Structural property = schema == null ? null : schema.properties().get(name);
            Structural additional = schema == null ? null : schema.additional();
            String at = report == null ? path : path.isEmpty() ? name : path + "." + name;
            if (property != null || additional != null) {
                if (entry.getValue().isContainerNode()) {
                    walk(property == null ? additional : property, entry.getValue(), false, at);
                }
            } else if (!preserve) {
                if (drop) {
                    entries.remove();
                } else if (report != null) {
                    report.add(at);
                }
            }
        }
    }

    /** Drops nulls where nothing may be null and no default takes their place, in place. */
    public static void pruneNulls(@Nullable Structural schema, JsonNode value) {
        if (value instanceof ObjectNode object) {
            Iterator<Map.Entry<String, JsonNode>> entries = object.properties().iterator();
            while (entries.hasNext()) {
                Map.Entry<String, JsonNode> entry = entries.next();
                Structural field = field(schema, entry.getKey());
                if (entry.getValue().isNull()) {
                    if (field != null && !field.nullable() && field.defaultValue() == null) {
                        entries.remove();
                    }
                } else if (entry.getValue().isContainerNode()) {
                    pruneNulls(field, entry.getValue());
                }
            }
        } else if (value instanceof ArrayNode array) {
            for (JsonNode element : array) {
                pruneNulls(schema == null ? null : schema.items(), element);
            }
        }
    }

    private static @Nullable Structural field(@Nullable Structural schema, String name) {
        if (schema == null) {
            return null;
        }
        Structural property = schema.properties().get(name);
        // "additionalProperties: true" says nothing of nulls.
        return property == null && schema.additional() != Structural.EMPTY ? schema.additional() : property;
    }
}
