package dev.xebec.model.managed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.schema.Schema;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds a configuration that is to be applied against its schema: no fields that are not declared, no duplicates.
 *
 * <p>Source: structured-merge-diff v6 {@code typed/validate.go}, texts included.
 */
final class TypedCheck {
    private final TypedException.Problems problems = new TypedException.Problems();

    private TypedCheck() {}

    /** Refuses by TypedException. */
    static void check(Schema schema, ObjectNode object) {
        TypedCheck check = new TypedCheck();
        check.walk(null, schema, object);
        check.problems.refuse();
    }

    private void walk(@Nullable Trail at, Schema schema, JsonNode value) {
        switch (schema) {
            case Schema.Scalar scalar -> scalarProblem(scalar, value, at);
            case Schema.Struct struct -> map(at, struct, value);
            case Schema.MapOf map -> map(at, map, value);
            case Schema.ListOf list -> list(at, list, value);
            case Schema.Untyped untyped -> {
                // What is not typed can be anything.
            }
        }
    }

    private void scalarProblem(Schema.Scalar scalar, JsonNode value, @Nullable Trail at) {
        String problem = scalarProblem(scalar, value);
        if (!problem.isEmpty()) {
            problems.add(Trail.shown(at), problem);
        }
    }

    /** Why a value is not of a leaf type; empty where it is. */
    static String scalarProblem(Schema.Scalar scalar, JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        return switch (scalar.type()) {
            case INT32, INT64, DOUBLE -> value.isNumber()
                    ? ""
                    : "expected numeric (int or float), got " + GoText.type(value);
            case STRING, DURATION -> value.isTextual()
                    ? ""
                    : "expected string, got &value.valueUnstructured{Value:" + GoText.literal(value) + "}";
            case BOOLEAN -> value.isBoolean() ? "" : "expected boolean, got &{" + GoText.plain(value) + "}";
            case BYTES, TIME, MICRO_TIME, QUANTITY, INT_OR_STRING -> value.isValueNode()
                    ? ""
                    : "expected any scalar, got &{" + GoText.plain(value) + "}";
            case ANY -> "";
        };
    }

    private void map(@Nullable Trail at, Schema schema, JsonNode value) {
        if (value.isNull()) {
            return;
        }
        if (!value.isObject()) {
            problems.add(Trail.shown(at), "expected map, got &{" + GoText.plain(value) + "}");
            return;
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            Trail here = new Trail(at, field.getKey());
            Schema below = Schemas.field(schema, field.getKey());
            if (below == null) {
                problems.add(Trail.shown(here), "field not declared in schema");
                return;
            }
            walk(here, below, field.getValue());
        }
    }

    private void list(@Nullable Trail at, Schema.ListOf list, JsonNode value) {
        if (value.isNull()) {
            return;
        }
        if (!value.isArray()) {
            problems.add(Trail.shown(at), "expected list, got &{" + GoText.plain(value) + "}");
            return;
        }
        Set<PathElement> seen = new HashSet<>();
        for (int place = 0; place < value.size(); place++) {
            JsonNode item = value.get(place);
            PathElement element = new PathElement.Index(place);
            if (list.listType() != Schema.ListType.ATOMIC) {
                try {
                    element = ListItems.element(list, item, GoView.AS_IT_IS);
                } catch (ListItems.Unidentified unidentified) {
                    problems.add(Trail.shown(at), "element " + place + ": " + unidentified.text());
                    return;
                }
                if (!seen.add(element)) {
                    problems.add(Trail.shown(at), "duplicate entries for key " + element.shown());
                }
            }
            walk(new Trail(at, element), list.items(), item);
        }
    }
}
