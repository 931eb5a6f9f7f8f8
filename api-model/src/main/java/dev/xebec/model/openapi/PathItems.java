package dev.xebec.model.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Operations by their paths; what all methods of a path take in the same place stands with the path. */
final class PathItems {
    private PathItems() {}

    /** @param common parameters that each of the operations takes */
    record Item(List<Operation> operations, List<Parameter> common) {

        /** What this one takes besides. */
        List<Parameter> own(Operation operation) {
            return operation.parameters().stream()
                    .filter(one -> common.stream().noneMatch(shared -> shared.compareTo(one) == 0)).toList();
        }
    }

    static Map<String, Item> of(List<Operation> operations) {
        Map<String, List<Operation>> byPath = new TreeMap<>();
        operations.forEach(one -> byPath.computeIfAbsent(one.path(), absent -> new ArrayList<>()).add(one));
        Map<String, Item> items = new TreeMap<>();
        byPath.forEach((path, methods) -> items.put(path, new Item(methods, common(methods))));
        return items;
    }

    private static List<Parameter> common(List<Operation> methods) {
        return methods.get(0).parameters().stream().filter(one -> methods.stream()
                .allMatch(method -> method.parameters().stream().anyMatch(other -> other.compareTo(one) == 0)))
                .toList();
    }
}
