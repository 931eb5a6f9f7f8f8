package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.custom.CustomType;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.structural.Pruning;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The structure of a custom resource. Only its metadata has to be of the right types to be read at all; what is wrong
 * with the rest is said when it is validated.
 */
final class CustomShape {
    static final String METADATA = "metadata";

    private CustomShape() {}

    static @Nullable String wrongType(CustomType type, ObjectNode object) {
        for (String field : List.of("apiVersion", "kind")) {
            JsonNode value = object.get(field);
            if (value != null && !value.isTextual() && !value.isNull()) {
                return "." + field + " accessor error: " + value + " is of the type " + goType(value)
                        + ", expected string";
            }
        }
        JsonNode metadata = object.get(METADATA);
        String wrong = metadata == null ? null : new TypeCheck().wrong(objectMeta(), metadata);
        if (wrong != null) {
            return wrong;
        }
        return EmbeddedResources.in(type, object).stream().map(EmbeddedResources::wrongType).filter(Objects::nonNull)
                .findFirst().orElse(null);
    }

    static List<String> unknownFields(CustomType type, ObjectNode object) {
        List<String> found = new ArrayList<>();
        if (object.get(METADATA) instanceof ObjectNode metadata) {
            UnknownFields.report(objectMeta(), metadata)
                    .forEach(one -> found.add(one.replaceFirst("\"", "\"" + METADATA + ".")));
        }
        EmbeddedResources.in(type, object).forEach(embedded -> found.addAll(embedded.unknownFields()));
        for (String path : Pruning.unknown(type.structure(), object, true)) {
            found.add("unknown field \"" + path + "\"");
        }
        return found.size() > Shape.MAX_REPORTED ? List.copyOf(found.subList(0, Shape.MAX_REPORTED)) : found;
    }

    static void prune(CustomType type, ObjectNode object) {
        Pruning.prune(type.structure(), object, true);
        Pruning.pruneNulls(type.structure(), object);
        metadata(object);
        EmbeddedResources.in(type, object).forEach(embedded -> metadata(embedded.object()));
    }

    /** Metadata has the fields that all metadata has, and no others. */
    private static void metadata(ObjectNode object) {
        JsonNode metadata = object.get(METADATA);
        if (metadata instanceof ObjectNode fields) {
            UnknownFields.prune(objectMeta(), fields);
        } else if (metadata != null && metadata.isNull()) {
            object.remove(METADATA);
        }
    }

    static Schema objectMeta() {
        return KindRegistry.builtIn().type("meta.v1.ObjectMeta").orElseThrow();
    }

    private static String goType(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "[]interface {}";
            case BOOLEAN -> "bool";
            case NUMBER -> value.isIntegralNumber() ? "int64" : "float64";
            case OBJECT, POJO -> "map[string]interface {}";
            case STRING, BINARY -> "string";
            case NULL, MISSING -> "<nil>";
        };
    }
}
