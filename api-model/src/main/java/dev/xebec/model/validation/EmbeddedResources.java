package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.custom.CustomType;
import dev.xebec.model.object.GoJson;
import dev.xebec.model.structural.Structural;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The whole objects that stand in a custom resource: their type and metadata are read as those of every object.
 *
 * <p>Source: apiextensions-apiserver {@code pkg/apiserver/schema/objectmeta/algorithm.go}.
 *
 * @param path where the object stands, such as {@code spec.list[0]}
 */
record EmbeddedResources(ObjectNode object, String path) {

    /** In the order in which they stand, outer ones first. */
    static List<EmbeddedResources> in(CustomType type, ObjectNode object) {
        if (!type.embeds()) {
            return List.of();
        }
        List<EmbeddedResources> found = new ArrayList<>();
        below(type.structure(), object, "", found);
        return found;
    }

    private static void below(Structural schema, JsonNode value, String path, List<EmbeddedResources> found) {
        if (value instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> entry : object.properties()) {
                String name = entry.getKey();
                Structural property = schema.properties().get(name);
                if (property != null) {
                    at(property, entry.getValue(), path.isEmpty() ? name : path + "." + name, found);
                } else if (schema.additional() != null) {
                    at(schema.additional(), entry.getValue(), path + "[" + name + "]", found);
                }
            }
        } else if (value instanceof ArrayNode array && schema.items() != null) {
            for (int at = 0; at < array.size(); at++) {
                at(schema.items(), array.get(at), path + "[" + at + "]", found);
            }
        }
    }

    private static void at(Structural schema, JsonNode value, String path, List<EmbeddedResources> found) {
        if (schema.x().embedded() && value instanceof ObjectNode object) {
            found.add(new EmbeddedResources(object, path));
        }
        below(schema, value, path, found);
    }

    /** Why the object cannot be read; null where it can. */
    @Nullable
    String wrongType() {
        for (String field : List.of("apiVersion", "kind")) {
            JsonNode value = object.get(field);
            if (value != null && !value.isTextual() && !value.isNull()) {
                return path + "." + field + ": Invalid value: " + GoJson.compact(value) + ": must be a string";
            }
        }
        JsonNode metadata = object.get(CustomShape.METADATA);
        String wrong = metadata == null ? null : new TypeCheck().wrong(CustomShape.objectMeta(), metadata);
        return wrong == null
                ? null
                : path + "." + CustomShape.METADATA + ": Invalid value: " + GoJson.compact(metadata) + ": " + wrong;
    }

    /** What its metadata does not have. */
    List<String> unknownFields() {
        if (!(object.get(CustomShape.METADATA) instanceof ObjectNode metadata)) {
            return List.of();
        }
        return UnknownFields.report(CustomShape.objectMeta(), metadata).stream()
                .map(one -> one.replace("unknown field \"",
                        "unknown field \"" + path + "." + CustomShape.METADATA + "."))
                .toList();
    }
}
