package dev.xebec.model.managed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects the members of a {@link FieldSet}. Used by one thread. */
final class FieldSetBuilder {
    private final Map<PathElement, Node> nodes = new TreeMap<>();

    private static final class Node {
        private boolean member;
        private @Nullable FieldSetBuilder below;
    }

    boolean isEmpty() {
        return nodes.isEmpty();
    }

    private Node node(PathElement element) {
        return nodes.computeIfAbsent(element, absent -> new Node());
    }

    FieldSetBuilder below(PathElement element) {
        Node node = node(element);
        FieldSetBuilder below = node.below;
        if (below == null) {
            below = new FieldSetBuilder();
            node.below = below;
        }
        return below;
    }

    void insert(PathElement element) {
        node(element).member = true;
    }

    void insert(FieldPath path) {
        FieldSetBuilder at = this;
        List<PathElement> elements = path.elements();
        for (int depth = 0; depth < elements.size() - 1; depth++) {
            at = at.below(elements.get(depth));
        }
        if (!elements.isEmpty()) {
            at.insert(elements.get(elements.size() - 1));
        }
    }

    /** The whole object itself is nobody's. */
    void insert(@Nullable Trail trail) {
        if (trail != null) {
            at(trail.parent()).insert(trail.element());
        }
    }

    private FieldSetBuilder at(@Nullable Trail trail) {
        return trail == null ? this : at(trail.parent()).below(trail.element());
    }

    FieldSet build() {
        List<FieldSet.Node> built = new ArrayList<>(nodes.size());
        nodes.forEach((element, node) -> {
            FieldSet below = node.below == null ? FieldSet.EMPTY : node.below.build();
            if (node.member || !below.isEmpty()) {
                built.add(new FieldSet.Node(element, node.member, below));
            }
        });
        return FieldSet.of(built);
    }
}
