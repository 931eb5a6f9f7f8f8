package dev.xebec.model.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.status.FieldError;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a definition. */
final class Problems {
    /** Errors that are reported for one definition. */
    private static final int MAX = 200;

    private final List<FieldError> errors = new ArrayList<>();

    List<FieldError> list() {
        return errors;
    }

    boolean isEmpty() {
        return errors.isEmpty();
    }

    void add(FieldError error) {
        if (errors.size() < MAX) {
            errors.add(error);
        }
    }

    void addAll(List<FieldError> more) {
        more.forEach(this::add);
    }

    void required(String path, String detail) {
        add(FieldError.required(path, detail));
    }

    void invalid(String path, Object value, String detail) {
        add(FieldError.invalid(path, value instanceof JsonNode node && node.isTextual() ? node.asText() : value,
                detail));
    }

    /** All that is wrong with one name, as one error. */
    void invalid(String path, String value, List<String> details) {
        if (!details.isEmpty()) {
            invalid(path, value, String.join(",", details));
        }
    }

    void forbidden(String path, String detail) {
        add(FieldError.forbidden(path, detail));
    }

    void notSupported(String path, String value, List<String> supported) {
        add(FieldError.notSupported(path, value, supported));
    }
}
