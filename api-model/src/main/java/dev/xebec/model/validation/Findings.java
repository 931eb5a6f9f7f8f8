package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.FieldError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with an object. */
final class Findings {
    static final String IMMUTABLE = "field is immutable";
    static final String NOT_NEGATIVE = "must be greater than or equal to 0";
    /** Errors that are reported for one object. */
    private static final int MAX = 200;

    private final List<FieldError> errors = new ArrayList<>();

    List<FieldError> list() {
        return List.copyOf(errors);
    }

    void add(FieldError error) {
        if (errors.size() < MAX) {
            errors.add(error);
        }
    }

    void required(String path, String detail) {
        add(FieldError.required(path, detail));
    }

    void invalid(String path, Object value, String detail) {
        add(FieldError.invalid(path, value instanceof JsonNode node && node.isTextual() ? node.asText() : value,
                detail));
    }

    void invalid(String path, Object value, List<String> details) {
        details.forEach(detail -> invalid(path, value, detail));
    }

    /** What is wrong with a structure as a whole, which is not shown. */
    void invalid(String path, String detail) {
        add(new FieldError(FieldError.Type.INVALID, path, "Invalid value: " + detail));
    }

    void tooMany(JsonNode list, int max, String path) {
        if (list.size() > max) {
            add(new FieldError(FieldError.Type.TOO_MANY, path,
                    "Too many: " + list.size() + ": must have at most " + max + " items"));
        }
    }

    void forbidden(String path, String detail) {
        add(FieldError.forbidden(path, detail));
    }

    void duplicate(String path, Object value) {
        add(FieldError.duplicate(path, value));
    }

    void notFound(String path, String value) {
        add(new FieldError(FieldError.Type.NOT_FOUND, path, "Not found: \"" + value + "\""));
    }

    /** The field has to stay what it was. */
    void immutable(String path, JsonNode now, JsonNode before) {
        if (!same(now, before)) {
            invalid(path, now.isMissingNode() ? "null" : now, IMMUTABLE);
        }
    }

    void range(String path, JsonNode value, long min, long max) {
        if (value.isNumber() && (value.asLong() < min || value.asLong() > max)) {
            invalid(path, value, "must be between " + min + " and " + max + ", inclusive");
        }
    }

    void notNegative(String path, JsonNode value) {
        if (value.isNumber() && value.decimalValue().compareTo(BigDecimal.ZERO) < 0) {
            invalid(path, value, NOT_NEGATIVE);
        }
    }

    /** Absent, null, empty objects, lists and strings are the same nothing. */
    static boolean same(JsonNode one, JsonNode other) {
        return absent(one) ? absent(other) : !absent(other) && Json.same(one, other);
    }

    static boolean absent(JsonNode value) {
        return value.isMissingNode() || value.isNull() || (value.isContainerNode() && value.isEmpty())
                || (value.isTextual() && value.asText().isEmpty());
    }

    static String text(JsonNode object, String field) {
        return object.path(field).asText("");
    }
}
