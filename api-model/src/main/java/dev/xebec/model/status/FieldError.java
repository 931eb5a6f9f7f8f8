package dev.xebec.model.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.GoJson;
import dev.xebec.model.object.GoString;
import dev.xebec.model.object.Json;
import java.util.Collection;

/**
 * One thing wrong with one field of an object; becomes a cause of an {@code Invalid} Status.
 *
 * @param type the cause's reason as Kubernetes names it
 * @param field the field's path, such as {@code spec.template.spec.containers[0].name}
 * @param message what is wrong, in the field library's words: {@code Required value: …}, {@code Invalid value: "x": …}
 *
 * <p>Source: apimachinery {@code util/validation/field/errors.go}.
 */
public record FieldError(Type type, String field, String message) {

    /** The causes' reasons. */
    public enum Type {
        REQUIRED("FieldValueRequired"), INVALID("FieldValueInvalid"), NOT_SUPPORTED(
                "FieldValueNotSupported"), DUPLICATE("FieldValueDuplicate"), FORBIDDEN("FieldValueForbidden"), TOO_LONG(
                        "FieldValueTooLong"), TOO_MANY("FieldValueTooMany"), TYPE_INVALID(
                                "FieldValueTypeInvalid"), NOT_FOUND("FieldValueNotFound");

        private final String reason;

        Type(String reason) {
            this.reason = reason;
        }

        public String reason() {
            return reason;
        }
    }

    public static FieldError required(String field, String detail) {
        return new FieldError(Type.REQUIRED, field, detail.isEmpty() ? "Required value" : "Required value: " + detail);
    }

    /** {@code value} is shown as Go would show it: strings in quotes, lists and structures as JSON. */
    public static FieldError invalid(String field, Object value, String detail) {
        return new FieldError(Type.INVALID, field,
                "Invalid value: " + shown(value) + (detail.isEmpty() ? "" : ": " + detail));
    }

    public static FieldError notSupported(String field, Object value, java.util.List<String> supported) {
        return new FieldError(Type.NOT_SUPPORTED, field, "Unsupported value: " + shown(value) + ": supported values: "
                + supported.stream().map(one -> "\"" + one + "\"").collect(java.util.stream.Collectors.joining(", ")));
    }

    public static FieldError duplicate(String field, Object value) {
        return new FieldError(Type.DUPLICATE, field, "Duplicate value: " + shown(value));
    }

    public static FieldError forbidden(String field, String detail) {
        return new FieldError(Type.FORBIDDEN, field, detail.isEmpty() ? "Forbidden" : "Forbidden: " + detail);
    }

    public static FieldError tooLong(String field, int maxBytes) {
        return new FieldError(Type.TOO_LONG, field,
                "Too long: may not be more than " + maxBytes + (maxBytes == 1 ? " byte" : " bytes"));
    }

    private static String shown(Object value) {
        return switch (value) {
            case String text -> GoString.quoted(text);
            case JsonNode node when node.isTextual() -> GoString.quoted(node.textValue());
            case JsonNode node -> GoJson.compact(node);
            case Collection<?> list -> Json.MAPPER.valueToTree(list).toString();
            default -> String.valueOf(value);
        };
    }

    /** {@code field: message}, as the Status message lists it. */
    @Override
    public String toString() {
        return field + ": " + message;
    }
}
