package dev.xebec.model.managed;

import java.util.List;
import java.util.stream.Collectors;

/** The way from an object to a part of it. */
public record FieldPath(List<PathElement> elements) {

    /** Of named fields alone. */
    public static FieldPath of(String... names) {
        return new FieldPath(java.util.Arrays.stream(names).map(PathElement::field).toList());
    }

    /** As conflicts show it: {@code .spec.template.spec.containers[name="web"].image}. */
    @Override
    public String toString() {
        return elements.stream().map(PathElement::shown).collect(Collectors.joining());
    }
}
