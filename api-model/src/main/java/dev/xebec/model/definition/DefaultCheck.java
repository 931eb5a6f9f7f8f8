package dev.xebec.model.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.cel.SchemaRules;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.structural.ListTypes;
import dev.xebec.model.structural.Pruning;
import dev.xebec.model.structural.Structural;
import dev.xebec.model.structural.ValueCheck;
import java.util.List;

/**
 * Whether the defaults of a schema keep to it, and have no fields that would be pruned.
 *
 * <p>Source: apiextensions-apiserver {@code pkg/apiserver/schema/defaulting/validation.go}.
 */
final class DefaultCheck {
    private final Problems problems = new Problems();

    private DefaultCheck() {}

    static List<FieldError> check(Structural schema, String path) {
        DefaultCheck check = new DefaultCheck();
        check.node(schema, path);
        return check.problems.list();
    }

    private void node(Structural schema, String path) {
        JsonNode value = schema.defaultValue();
        if (value != null && !value.isNull()) {
            judge(schema, value, path + ".default");
        }
        if (schema.items() != null) {
            node(schema.items(), path + ".items");
        }
        schema.properties().forEach((name, property) -> node(property, path + ".properties[" + name + "]"));
    }

    private void judge(Structural schema, JsonNode value, String path) {
        if (!isPruned(schema, value)) {
            problems.invalid(path, value, "must not have unknown fields");
        }
        List<FieldError> wrong = ValueCheck.check(schema, value, null, path);
        problems.addAll(wrong);
        problems.addAll(ListTypes.check(schema, value, path));
        if (wrong.isEmpty() && schema.hasRules()) {
            for (FieldError error : SchemaRules.ofPart(schema).check(value, null, tolerated -> {})) {
                String field = error.field().equals("<nil>") ? path : path + "." + error.field();
                problems.add(new FieldError(error.type(), field, error.message()));
            }
        }
    }

    private static boolean isPruned(Structural schema, JsonNode value) {
        if (!value.isContainerNode()) {
            return true;
        }
        // An array is pruned as the only field of an object.
        ObjectNode holder = dev.xebec.model.object.Json.object();
        holder.set("value", value);
        return Pruning.unknown(Structural.of("object", java.util.Map.of("value", schema)), holder, false).isEmpty();
    }
}
