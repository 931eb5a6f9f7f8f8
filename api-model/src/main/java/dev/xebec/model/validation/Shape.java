package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.Kind;
import java.util.List;
import java.util.Optional;

/**
 * An object's structure against its kind's schema: what Go's decoder would refuse, report or drop. Null is absent
 * everywhere, but where a custom resource's schema allows it.
 */
public final class Shape {
    /** Unknown fields that are reported; a body with more is told of the first ones. */
    public static final int MAX_REPORTED = 100;

    private Shape() {}

    /**
     * The first value that its field cannot hold, in the words of Go's decoder; the body is then a bad request.
     */
    public static Optional<String> wrongType(Kind kind, ObjectNode object) {
        return Optional.ofNullable(kind.custom() != null
                ? CustomShape.wrongType(kind.custom(), object)
                : new TypeCheck().wrong(kind.schema(), object));
    }

    /** {@code unknown field "spec.foo"}, for field validation. */
    public static List<String> unknownFields(Kind kind, ObjectNode object) {
        return kind.custom() != null
                ? CustomShape.unknownFields(kind.custom(), object)
                : UnknownFields.report(kind.schema(), object);
    }

    /**
     * What a JSON document in which something is said twice is told of: that and what is unknown, in its order. Of a
     * custom resource only what is said twice is told in one reading, so it is left as it was. Source: apimachinery
     * {@code runtime/serializer/json/json.go}.
     *
     * @param repeated what was found to be said twice
     */
    public static List<String> strictly(Kind kind, byte[] json, List<String> repeated) {
        return kind.custom() != null ? repeated : StrictReading.of(kind.schema(), json);
    }

    /**
     * Drops nulls and the fields that the kind does not have, and writes quantities and times in their canonical form,
     * in place.
     */
    public static void prune(Kind kind, ObjectNode object) {
        if (kind.custom() != null) {
            CustomShape.prune(kind.custom(), object);
        } else {
            UnknownFields.prune(kind.schema(), object);
        }
    }
}
