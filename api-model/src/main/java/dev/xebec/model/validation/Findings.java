package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.xebec.model.object.Json;
import dev.xebec.model.schema.Schema;
import dev.xebec.model.status.FieldError;
import dev.xebec.model.structure.InternalForm;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with an object. */
final class Findings {
    static final String IMMUTABLE = "field is immutable";
    static final String NOT_NEGATIVE = "must be greater than or equal to 0";
    /** Errors that are reported for one object. */
    private static final int MAX = 200;

    /** A value that is not there, as it is shown. */
    static final JsonNode NOTHING = NullNode.instance;

    private final @Nullable Schema root;
    private final Occasion occasion;
    private final List<FieldError> errors = new ArrayList<>();
    private final List<FieldError> tolerated = new ArrayList<>();

    /** @param root the type of the whole object, by which values are shown; null where they are shown as they stand */
    Findings(@Nullable Schema root, Occasion occasion) {
        this.root = root;
        this.occasion = occasion;
    }

    /** What an object is judged for. */
    enum Occasion {
        CREATE, UPDATE
    }

    /** Where what is found later is kept until then. */
    Findings later() {
        return new Findings(root, occasion);
    }

    /** The type of what stands at a path; null where it is not known. */
    @Nullable
    Schema type(String path) {
        return root == null ? null : SchemaPath.of(root, path);
    }

    Occasion occasion() {
        return occasion;
    }

    /** Puts what was found since then into the order in which Kubernetes looks at things. */
    void order(int since) {
        if (root != null && errors.size() > since + 1) {
            List<FieldError> found = errors.subList(since, errors.size());
            List<FieldError> ordered = JudgingOrder.of(root, List.copyOf(found));
            found.clear();
            errors.addAll(ordered);
        }
    }

    int size() {
        return errors.size();
    }

    /** A value that stands at a path, as messages show it. */
    JsonNode form(String path, JsonNode value) {
        Schema type = root == null ? null : SchemaPath.of(root, path);
        return type == null ? value : InternalForm.of(type, value);
    }

    /** The same of some of a structure's fields, which inside are a structure of their own. */
    JsonNode form(String typeName, String path, JsonNode value) {
        return root != null && SchemaPath.of(root, path) instanceof Schema.Struct struct
                ? InternalForm.of(typeName, struct, value)
                : value;
    }

    private Object shown(String path, Object value) {
        return switch (value) {
            case JsonNode node when node.isTextual() -> node.asText();
            case JsonNode node when node.isContainerNode() -> form(path, node);
            default -> value;
        };
    }

    List<FieldError> list() {
        return List.copyOf(errors);
    }

    /** What is wrong, but was so before. */
    void tolerate(FieldError error) {
        if (tolerated.size() < MAX) {
            tolerated.add(error);
        }
    }

    List<FieldError> tolerated() {
        return List.copyOf(tolerated);
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
        add(FieldError.invalid(path, shown(path, value), detail));
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
        add(FieldError.duplicate(path, shown(path, value)));
    }

    void notFound(String path, String value) {
        add(new FieldError(FieldError.Type.NOT_FOUND, path, "Not found: \"" + value + "\""));
    }

    /** The field has to stay what it was. */
    void immutable(String path, JsonNode now, JsonNode before) {
        if (!same(now, before)) {
            invalid(path, now.isMissingNode() ? NOTHING : now, IMMUTABLE);
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
