package dev.xebec.model.cel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.AbstractList;
import java.util.RandomAccess;
import java.util.function.Function;

/** A JSON list as CEL sees it. */
final class ListView extends AbstractList<Object> implements RandomAccess {
    private final ArrayNode array;
    private final Function<JsonNode, Object> element;

    ListView(ArrayNode array, Function<JsonNode, Object> element) {
        this.array = array;
        this.element = element;
    }

    @Override
    public Object get(int index) {
        JsonNode node = array.get(index);
        if (node == null) {
            throw new IndexOutOfBoundsException(index);
        }
        return element.apply(node);
    }

    @Override
    public int size() {
        return array.size();
    }
}
