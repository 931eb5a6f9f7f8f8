package dev.xebec.model.managed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.structure.StandingFields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of an object counts as there. kube-apiserver holds built-in kinds as Go structures: some parts are always there, be
 * they empty, and some values are the same as none. Custom resources are what they are in JSON. Managed fields show the
 * difference: a pod's creator owns {@code f:resources} of a container for which nobody ever said any.
 *
 * <p>Source: structured-merge-diff v6 {@code value/reflectcache.go}, canOmit.
 */
enum GoView {
    /** A custom resource, or what a client sent as it is. */
    AS_IT_IS,
    /** A built-in kind. */
    STRUCTURES;

    /** A field's value as it counts; null where it counts as absent. */
    @Nullable
    JsonNode of(Schema.Struct struct, Schema.Field field, @Nullable JsonNode value) {
        if (this == AS_IT_IS) {
            return value;
        }
        return value == null || isNothing(StandingFields.of(struct), field, value) ? missing(struct, field) : value;
    }

    /** What stands in for a field that is left out; null for nothing. */
    @Nullable
    JsonNode missing(Schema.Struct struct, Schema.Field field) {
        if (this == AS_IT_IS) {
            return null;
        }
        return StandingFields.of(struct).zero(field.jsonName());
    }

    /** Fields of a structure that may count though they are left out. */
    List<String> standing(Schema schema) {
        return this == STRUCTURES && schema instanceof Schema.Struct struct
                ? StandingFields.of(struct).names()
                : List.of();
    }

    private static boolean isNothing(StandingFields standing, Schema.Field field, JsonNode value) {
        if (value.isNull()) {
            return true;
        }
        return switch (field.schema()) {
            case Schema.ListOf list -> value.isEmpty() && !standing.contains(field.jsonName());
            case Schema.MapOf map -> value.isEmpty() && !standing.contains(field.jsonName());
            // What may be any JSON is a pointer or raw text there: false says something.
            case Schema.Scalar scalar when scalar.type() == Schema.Scalar.Type.ANY -> false;
            case Schema.Scalar scalar -> !field.required() && !field.zeroIsValue() && isZero(value);
            case Schema.Struct struct -> false;
            case Schema.Untyped untyped -> false;
        };
    }

    private static boolean isZero(JsonNode value) {
        return value.isTextual()
                ? value.textValue().isEmpty()
                : value.isBoolean() ? !value.booleanValue() : value.isNumber() && value.decimalValue().signum() == 0;
    }
}
