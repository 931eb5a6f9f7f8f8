package dev.xebec.model.structural;

import com.fasterxml.jackson.databind.JsonNode;

/** Whether a value is of the type that its schema wants. A whole number is an integer, however it is written. */
final class TypeOfValue {

    private TypeOfValue() {}

    static void check(Structural schema, JsonNode value, Place place) {
        String wanted = schema.x().intOrString() ? "integer,string" : schema.type();
        if (wanted.isEmpty()) {
            return;
        }
        place.judgement().checked();
        if (value.isNull()) {
            if (!schema.nullable()) {
                place.wrongType("null", wanted);
            }
            return;
        }
        String found = of(value);
        boolean fits = wanted.equals(found) || (schema.x().intOrString() && !found.isEmpty()
                && (found.equals("string") || found.equals("integer"))) || fitsNumber(schema, value, found);
        if (fits) {
            return;
        }
        String format = numberFormat(schema);
        if (!format.isEmpty() && !value.isTextual() && !value.isArray()) {
            place.wrongType(found.equals("number") ? "double" : "", format);
        } else {
            place.wrongType(found, wanted);
        }
    }

    private static boolean fitsNumber(Structural schema, JsonNode value, String found) {
        boolean integer = schema.type().equals("integer") || schema.x().intOrString();
        return integer && found.equals("number")
                ? isWhole(value)
                : schema.type().equals("number") && found.equals("integer");
    }

    /** Formats of numbers that Kubernetes knows; others are as none. */
    static String numberFormat(Structural schema) {
        String format = schema.limits().format();
        return switch (schema.type()) {
            case "integer" -> format.equals("int32") || format.equals("int64") ? format : "";
            case "number" -> format.equals("float") || format.equals("double") ? format : "";
            default -> "";
        };
    }

    static boolean isWhole(JsonNode value) {
        return value.isIntegralNumber() || value.decimalValue().stripTrailingZeros().scale() <= 0;
    }

    static String of(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "array";
            case BOOLEAN -> "boolean";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case STRING, BINARY -> "string";
            case OBJECT, POJO -> "object";
            case NULL, MISSING -> "null";
        };
    }
}
