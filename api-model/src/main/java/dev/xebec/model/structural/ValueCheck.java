package dev.xebec.model.structural;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.model.status.FieldError;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Judges a value by a schema, in the order and the words of kube-apiserver. Given what the value was before, it lets
 * parts be that are wrong and have not changed.
 *
 * <p>Source: kube-openapi {@code pkg/validation/validate}; apiextensions-apiserver {@code pkg/apiserver/validation}.
 */
public final class ValueCheck {
    private final String prefix;

    private ValueCheck(String prefix) {
        this.prefix = prefix;
    }

    /**
     * @param before null where there was nothing
     * @param prefix path of the value in its object; empty for the whole object. Fields are named below it, while messages
     *     name paths below the value
     */
    public static List<FieldError> check(Structural schema, JsonNode value, @Nullable JsonNode before,
            String prefix) {
        return new ValueCheck(prefix).judge(schema, value, before, "").errors();
    }

    private Judgement judge(Structural schema, JsonNode value, @Nullable JsonNode before, String path) {
        Judgement judgement = new Judgement();
        judgement.checked();
        TypeOfValue.check(schema, value, at(path, judgement));
        if (!value.isNull()) {
            Junctures.judge(schema.logic(), this::judge, value, before, at(path, judgement));
            if (value.isTextual()) {
                text(schema, value.asText(), at(path, judgement));
            } else if (value.isNumber()) {
                NumberLimits.check(schema, value, at(path, judgement));
            } else if (value instanceof ArrayNode array) {
                elements(schema, array, before, path, judgement);
            }
        }
        enumeration(schema.limits(), value, at(path, judgement));
        if (value instanceof ObjectNode object) {
            fields(schema, object, before, path, judgement);
        }
        if (!judgement.isValid() && before != null && Unchanged.is(schema, value, before)) {
            judgement.forgive();
        }
        return judgement;
    }

    private Place at(String path, Judgement judgement) {
        return new Place(prefix, path, judgement);
    }

    private void text(Structural schema, String value, Place place) {
        Limits limits = schema.limits();
        place.judgement().checked();
        long length = value.codePointCount(0, value.length());
        if (limits.maxLength() != null && length > limits.maxLength()) {
            place.add(FieldError.Type.TOO_LONG,
                    "Too long: may not be more than " + limits.maxLength()
                            + (limits.maxLength() == 1 ? " byte" : " bytes"));
        }
        if (limits.minLength() != null && length < limits.minLength()) {
            place.invalid(value, "should be at least " + limits.minLength() + " chars long");
        }
        if (limits.pattern() != null && !limits.pattern().isFoundIn(value)) {
            place.invalid(value, "should match '" + limits.pattern().text() + "'");
        }
        if (!limits.format().isEmpty() && (schema.type().isEmpty() || schema.type().equals("string"))
                && !Formats.matches(limits.format(), value)) {
            place.wrongType(value, limits.format());
        }
    }

    private void elements(Structural schema, ArrayNode array, @Nullable JsonNode before, String path,
            Judgement judgement) {
        judgement.checked();
        if (schema.items() != null) {
            OldElements old = OldElements.of(schema, before);
            for (int at = 0; at < array.size(); at++) {
                judgement.merge(judge(schema.items(), array.get(at), old.of(array.get(at)),
                        path + "[" + at + "]"));
            }
        }
        Limits limits = schema.limits();
        if (limits.minItems() != null && array.size() < limits.minItems()) {
            at(path, judgement).invalid(array.size(), "should have at least " + limits.minItems() + " items");
        }
        if (limits.maxItems() != null && array.size() > limits.maxItems()) {
            at(path, judgement).tooMany(array.size(), limits.maxItems());
        }
    }

    private void enumeration(Limits limits, JsonNode value, Place place) {
        if (limits.enumeration() == null) {
            return;
        }
        place.judgement().checked();
        for (JsonNode allowed : limits.enumeration()) {
            if (Json.same(allowed, value)) {
                return;
            }
        }
        place.judgement().add(FieldError.notSupported(place.field(),
                value.isNull() ? "null" : ListTypes.shown(value),
                limits.enumeration().stream().map(one -> one.isTextual() ? one.asText() : one.toString()).toList()));
    }

    private void fields(Structural schema, ObjectNode object, @Nullable JsonNode before, String path,
            Judgement judgement) {
        judgement.checked();
        Limits limits = schema.limits();
        Place place = at(path, judgement);
        if (limits.minProperties() != null && object.size() < limits.minProperties()) {
            place.invalid(object.size(), "should have at least " + limits.minProperties() + " properties");
            return;
        }
        if (limits.maxProperties() != null && object.size() > limits.maxProperties()) {
            place.tooMany(object.size(), limits.maxProperties());
            return;
        }
        for (String required : limits.required()) {
            if (!object.has(required)) {
                judgement.add(FieldError.required(at(child(path, required), judgement).field(), ""));
            }
        }
        if (schema.additional() != null && schema.additional() != Structural.EMPTY) {
            for (Map.Entry<String, JsonNode> entry : object.properties()) {
                if (!schema.properties().containsKey(entry.getKey())) {
                    field(schema.additional(), entry.getKey(), entry.getValue(), before, path, judgement);
                }
            }
        }
        for (Map.Entry<String, Structural> property : schema.properties().entrySet()) {
            JsonNode value = object.get(property.getKey());
            if (value != null) {
                field(property.getValue(), property.getKey(), value, before, path, judgement);
            }
        }
    }

    private void field(Structural schema, String name, JsonNode value, @Nullable JsonNode before, String path,
            Judgement judgement) {
        JsonNode old = before instanceof ObjectNode object ? object.get(name) : null;
        judgement.merge(judge(schema, value, old, child(path, name)));
    }

    private static String child(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }
}
