package dev.xebec.gateway.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.Map;
import java.util.function.Predicate;

/** Which types the fields of DeleteOptions have. Refuses others as Go's JSON decoder does. */
final class OptionTypes {

    /** A type by Go's name for it. */
    private record Type(String name, Predicate<JsonNode> is) {}

    private static final Type TEXT = new Type("string", JsonNode::isTextual);
    private static final Map<String, Type> FIELDS = Map.of(
            "gracePeriodSeconds", new Type("int64", value -> value.isIntegralNumber() && value.canConvertToLong()),
            "propagationPolicy", new Type("v1.DeletionPropagation", JsonNode::isTextual),
            "orphanDependents", new Type("bool", JsonNode::isBoolean),
            "preconditions", new Type("v1.Preconditions", JsonNode::isObject),
            "dryRun", new Type("[]string", JsonNode::isArray));

    private OptionTypes() {}

    static void check(ObjectNode options) {
        options.properties().forEach(field -> {
            Type type = FIELDS.get(field.getKey());
            if (type != null) {
                check(field.getValue(), type, "DeleteOptions." + field.getKey());
            }
        });
        options.path("dryRun").forEach(stage -> check(stage, TEXT, "DeleteOptions.dryRun"));
        JsonNode preconditions = options.path("preconditions");
        check(preconditions.path("uid"), new Type("types.UID", TEXT.is()), "Preconditions.preconditions.uid");
        check(preconditions.path("resourceVersion"), TEXT, "Preconditions.preconditions.resourceVersion");
    }

    private static void check(JsonNode value, Type type, String field) {
        if (!value.isMissingNode() && !value.isNull() && !type.is().test(value)) {
            String said = value.isNumber() ? "number " + value.asText() : BodyReader.goName(value);
            throw new RejectedException(Status.badRequest(
                    "json: cannot unmarshal " + said + " into Go struct field " + field + " of type " + type.name()));
        }
    }
}
