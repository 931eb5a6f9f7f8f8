package dev.xebec.model.managed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One step from a value to a part of it. Elements have a total order: fields, keyed items, values of sets, places in lists.
 *
 * <p>Source: structured-merge-diff v6 {@code fieldpath/element.go}.
 */
public sealed interface PathElement extends Comparable<PathElement> {

    /** A field of a structure or a key of a map. */
    record Field(String name) implements PathElement {}

    /** The item of a list whose key fields have these values. @param parts sorted by name */
    record Key(List<Part> parts) implements PathElement {}

    /** A key field and its value, which is in {@link Values#canonical} form. */
    record Part(String name, JsonNode value) {}

    /** The item of a set. @param value in {@link Values#canonical} form */
    record Value(JsonNode value) implements PathElement {}

    /** A place in a list. */
    record Index(int at) implements PathElement {}

    static PathElement field(String name) {
        return new Field(name);
    }

    static PathElement value(JsonNode value) {
        return new Value(Values.canonical(value));
    }

    private int rank() {
        return switch (this) {
            case Field field -> 0;
            case Key key -> 1;
            case Value value -> 2;
            case Index index -> 3;
        };
    }

    @Override
    default int compareTo(PathElement other) {
        if (this instanceof Field one && other instanceof Field two) {
            return Values.compareText(one.name(), two.name());
        }
        if (this instanceof Key one && other instanceof Key two) {
            return compare(one.parts(), two.parts());
        }
        if (this instanceof Value one && other instanceof Value two) {
            return Values.compare(one.value(), two.value());
        }
        if (this instanceof Index one && other instanceof Index two) {
            return Integer.compare(one.at(), two.at());
        }
        return Integer.compare(rank(), other.rank());
    }

    private static int compare(List<Part> one, List<Part> two) {
        for (int at = 0; at < one.size() && at < two.size(); at++) {
            int names = Values.compareText(one.get(at).name(), two.get(at).name());
            int order = names != 0 ? names : Values.compare(one.get(at).value(), two.get(at).value());
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), two.size());
    }

    /** As error messages show it: {@code .name}, {@code [name="web"]}, {@code [="a"]}, {@code [3]}. */
    default String shown() {
        return switch (this) {
            case Field field -> "." + field.name();
            case Key key -> {
                StringBuilder text = new StringBuilder("[");
                for (Part part : key.parts()) {
                    text.append(text.length() > 1 ? "," : "").append(part.name()).append('=')
                            .append(Values.shown(part.value()));
                }
                yield text.append(']').toString();
            }
            case Value value -> "[=" + Values.shown(value.value()) + "]";
            case Index index -> "[" + index.at() + "]";
        };
    }
}
