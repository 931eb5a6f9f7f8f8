package dev.xebec.model.structure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.xebec.model.schema.Schema;

/** What Go writes of a scalar that nobody has set. */
final class GoZero {
    private GoZero() {}

    static JsonNode of(Schema.Scalar.Type type) {
        return switch (type) {
            case STRING -> TextNode.valueOf("");
            case BOOLEAN -> BooleanNode.FALSE;
            case INT32, INT64, DOUBLE, INT_OR_STRING -> IntNode.valueOf(0);
            case QUANTITY -> TextNode.valueOf("0");
            case DURATION -> TextNode.valueOf("0s");
            case BYTES, TIME, MICRO_TIME, ANY -> NullNode.instance;
        };
    }
}
